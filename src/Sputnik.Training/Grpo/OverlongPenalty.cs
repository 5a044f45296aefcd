namespace Sputnik.Training;

/// <summary>
/// The soft penalty on length: 0 up to max − soft tokens, then a line down to −1 at max, −1 above. Source: DAPO, arXiv
/// 2503.14476, eq. 13.
/// </summary>
public static class OverlongPenalty
{
    /// <summary>The penalty of a response of <paramref name="length"/> tokens, in [−1, 0].</summary>
    public static float Of(int length, int maxTokens, int softTokens)
    {
        int free = maxTokens - softTokens;
        return length <= free ? 0 : length > maxTokens ? -1 : (float)(free - length) / softTokens;
    }
}
