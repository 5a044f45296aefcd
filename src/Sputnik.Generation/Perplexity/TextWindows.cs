namespace Sputnik.Generation;

/// <summary>
/// A text cut into windows of <see cref="Length"/> tokens that do not overlap, as llama.cpp's perplexity cuts it: the first
/// half of a window is context, tokens of the second half are scored, each by what the model says one position earlier.
/// A vocabulary that begins texts with a token has it in place of each window's first.
/// </summary>
public sealed class TextWindows
{
    private readonly int[] _tokens;
    private readonly int? _begin;

    /// <summary>Cuts a text.</summary>
    /// <param name="tokens">The whole text.</param>
    /// <param name="length">Tokens of a window, 4 at least.</param>
    /// <param name="begin">The token that begins texts; null where there is none.</param>
    /// <exception cref="ArgumentException">There is not one whole window.</exception>
    public TextWindows(int[] tokens, int length, int? begin)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 4);
        if (tokens.Length < length)
        {
            throw new ArgumentException($"The text has {tokens.Length} tokens, a window {length}: take a longer text or a smaller --context.", nameof(tokens));
        }

        (_tokens, _begin, Length) = (tokens, begin, length);
    }

    /// <summary>Tokens of a window.</summary>
    public int Length { get; }

    /// <summary>Whole windows; what is left over at the end of the text is not scored.</summary>
    public int Count => _tokens.Length / Length;

    /// <summary>The first position whose prediction is scored.</summary>
    public int FirstScored => Length / 2;

    /// <summary>Tokens scored in each window.</summary>
    public int ScoredPerWindow => Length - 1 - FirstScored;

    /// <summary>A window.</summary>
    public int[] this[int index]
    {
        get
        {
            int[] window = _tokens.AsSpan(index * Length, Length).ToArray();
            window[0] = _begin ?? window[0];
            return window;
        }
    }
}
