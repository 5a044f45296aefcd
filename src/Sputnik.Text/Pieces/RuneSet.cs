namespace Sputnik.Text;

/// <summary>A set of runes written as a character class without brackets: <c>A-Zµ</c> is A to Z and µ.</summary>
internal sealed class RuneSet
{
    private readonly int[] _first;
    private readonly int[] _last;

    /// <param name="members">Runes and ranges, without escapes.</param>
    public RuneSet(string members)
    {
        List<int> first = [];
        List<int> last = [];
        int[] runes = [.. members.EnumerateRunes().Select(rune => rune.Value)];
        for (int i = 0; i < runes.Length; i++)
        {
            first.Add(runes[i]);
            bool range = i + 2 < runes.Length && runes[i + 1] == '-';
            i += range ? 2 : 0;
            last.Add(runes[i]);
        }

        _first = [.. first];
        _last = [.. last];
        Array.Sort(_first, _last);
    }

    /// <summary>Whether the rune at an offset is in the set, and its length in UTF-16; false at the end.</summary>
    public bool HasAt(ReadOnlySpan<char> text, int offset, out int length)
    {
        length = 0;
        return offset < text.Length && Has(Runes.At(text, offset, out length).Value);
    }

    /// <summary>Where the run of members ends.</summary>
    public int Skip(ReadOnlySpan<char> text, int start)
    {
        while (HasAt(text, start, out int length))
        {
            start += length;
        }

        return start;
    }

    private bool Has(int rune)
    {
        int at = Array.BinarySearch(_first, rune);
        at = at < 0 ? ~at - 1 : at;
        return at >= 0 && rune <= _last[at];
    }
}
