namespace Sputnik.Text;

/// <summary>How much of a text's end may be the start of something awaited.</summary>
public static class Overlap
{
    /// <summary>Length of the longest end of <paramref name="text"/> that is a start of <paramref name="awaited"/>, but not all of it.</summary>
    public static int Of(ReadOnlySpan<char> text, ReadOnlySpan<char> awaited)
    {
        for (int length = Math.Min(text.Length, awaited.Length - 1); length > 0; length--)
        {
            if (text[^length..].SequenceEqual(awaited[..length]))
            {
                return length;
            }
        }

        return 0;
    }
}
