using System.Globalization;

namespace Sputnik.Generation.Grammars;

/// <summary>A set of characters: ascending ranges that do not touch, without surrogates.</summary>
internal sealed class CodePoints
{
    private const int Last = 0x10FFFF;
    private readonly (int First, int Last)[] _ranges;

    private CodePoints((int First, int Last)[] ranges) => _ranges = ranges;

    /// <summary>Every character.</summary>
    public static CodePoints Everything { get; } = Of((0, Last));

    /// <summary>The ranges.</summary>
    public ReadOnlySpan<(int First, int Last)> Ranges => _ranges;

    /// <summary>The characters of ranges in any order, both ends included.</summary>
    public static CodePoints Of(params IEnumerable<(int First, int Last)> ranges)
    {
        List<(int First, int Last)> merged = [];
        foreach ((int first, int last) in WithoutSurrogates(ranges).OrderBy(range => range.First))
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return new([.. merged]);
    }

    /// <summary>The characters of a text.</summary>
    public static CodePoints OfText(string text) => Of(text.EnumerateRunes().Select(rune => (rune.Value, rune.Value)));

    /// <summary>What either holds.</summary>
    public CodePoints Union(CodePoints other) => Of([.. _ranges, .. other._ranges]);

    /// <summary>All other characters.</summary>
    public CodePoints Complement()
    {
        List<(int First, int Last)> rest = [];
        int from = 0;
        foreach ((int first, int last) in _ranges)
        {
            if (first > from)
            {
                rest.Add((from, first - 1));
            }

            from = last + 1;
        }

        if (from <= Last)
        {
            rest.Add((from, Last));
        }

        return Of(rest);
    }

    /// <summary>What only this set holds.</summary>
    public CodePoints Except(CodePoints other) => Complement().Union(other).Complement();

    /// <summary>Whether it holds a character.</summary>
    public bool Contains(int point) => Array.Exists(_ranges, range => range.First <= point && point <= range.Last);

    /// <summary>The same text for the same set.</summary>
    public override string ToString() => string.Join(',', _ranges.Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.First:x}-{range.Last:x}")));

    private static IEnumerable<(int First, int Last)> WithoutSurrogates(IEnumerable<(int First, int Last)> ranges)
    {
        foreach ((int first, int last) in ranges)
        {
            if (first <= Math.Min(last, 0xD7FF))
            {
                yield return (first, Math.Min(last, 0xD7FF));
            }

            if (Math.Max(first, 0xE000) <= last)
            {
                yield return (Math.Max(first, 0xE000), last);
            }
        }
    }
}
