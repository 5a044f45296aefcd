using System.Text;

namespace Sputnik.Generation.Grammars;

/// <summary>Characters and classes of a regular expression, as ECMA-262 has them without flags.</summary>
internal static class RegexClasses
{
    /// <summary>What a dot matches: all but line ends.</summary>
    public static readonly CodePoints Dot = CodePoints.Of(('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)).Complement();

    private static readonly CodePoints Digit = CodePoints.Of(('0', '9'));
    private static readonly CodePoints Word = CodePoints.Of(('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_'));
    private static readonly CodePoints Space = CodePoints.Of(
        (9, 13), (32, 32), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF));

    /// <summary>What stands behind a backslash.</summary>
    public static CodePoints Escape(SourceReader reader)
    {
        Rune rune = reader.Next();
        return rune.Value switch
        {
            'd' => Digit,
            'D' => Digit.Complement(),
            'w' => Word,
            'W' => Word.Complement(),
            's' => Space,
            'S' => Space.Complement(),
            't' => One('\t'),
            'n' => One('\n'),
            'r' => One('\r'),
            'f' => One('\f'),
            'v' => One('\v'),
            '0' => One(0),
            'x' => One(reader.Hex(2)),
            'u' => One(reader.Hex(4)),
            'b' or 'B' => throw reader.Unsupported("word boundaries (\\b, \\B)"),
            'p' or 'P' => throw reader.Unsupported("classes of Unicode properties (\\p)"),
            'k' or (>= '1' and <= '9') => throw reader.Unsupported("backreferences"),
            _ when rune.IsAscii && !char.IsAsciiLetterOrDigit((char)rune.Value) => One(rune.Value),
            _ => throw reader.Unsupported($"escapes \\{rune}"),
        };
    }

    /// <summary>The rest of a class, whose opening bracket was taken.</summary>
    public static CodePoints Class(SourceReader reader)
    {
        bool negated = reader.Take("^");
        List<(int First, int Last)> ranges = [];
        while (!reader.Take("]"))
        {
            CodePoints first = Member(reader);
            if (!reader.Sees("-") || reader.Sees("-]"))
            {
                ranges.AddRange(first.Ranges);
                continue;
            }

            reader.Take("-");
            CodePoints last = Member(reader);
            if (first.Ranges is not [var low] || low.First != low.Last || last.Ranges is not [var high] || high.First != high.Last || high.First < low.First)
            {
                throw reader.Malformed("a range of a class goes from one character to a later one");
            }

            ranges.Add((low.First, high.First));
        }

        CodePoints points = CodePoints.Of(ranges);
        return negated ? points.Complement() : points;
    }

    private static CodePoints Member(SourceReader reader)
    {
        Rune rune = reader.Next();
        return rune.Value == '\\' ? reader.Take("b") ? One('\b') : Escape(reader) : One(rune.Value);
    }

    private static CodePoints One(int point) => CodePoints.Of((point, point));
}
