using System.Globalization;
using System.Text;

namespace Sputnik.Text;

/// <summary>
/// Cuts text into the pieces that merges never cross, as DeepSeek-V3's pre-tokenizer does, but with single digits:
/// words with the one character before them, runs of punctuation, line ends with the blanks before them, other blanks.
/// The same cut as <see cref="Patterns"/> applied one after the other, each to the pieces of the one before.
/// </summary>
/// <remarks>Hand-written over runes: a regex works on UTF-16, takes quadratic time on bad input, and is slower.</remarks>
internal ref struct PieceScanner(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;
    private ReadOnlySpan<char> _segment;

    private enum Kind
    {
        End,
        Number,
        Letter,
        Symbol,
        LineEnd,
        Blank,
        Other,
    }

    /// <summary>The definition, in the regular expressions of tokenizer.json (vocabulary file of DeepSeek-V3, \p{N}{1,3} made \p{N}).</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        @"\p{N}",
        "[一-龥\u3040-ゟ゠-ヿ]+",
        """[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+""" +
        @"| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    ];

    /// <summary>The next piece, never empty; false at the end of the text.</summary>
    public bool Next(out ReadOnlySpan<char> piece)
    {
        if (_segment.IsEmpty)
        {
            int end = SegmentLength(_rest);
            _segment = _rest[..end];
            _rest = _rest[end..];
        }

        int length = PieceLength(_segment);
        piece = _segment[..length];
        _segment = _segment[length..];
        return length > 0;
    }

    /// <summary>What the first two patterns leave: one number, a run of Chinese and kana, or a run of neither.</summary>
    private static int SegmentLength(ReadOnlySpan<char> text)
    {
        Kind kind = KindAt(text, 0, out int end);
        if (kind is Kind.End or Kind.Number)
        {
            return end;
        }

        bool east = IsChineseOrKana(text[0]);
        while (end < text.Length && IsChineseOrKana(text[end]) == east && KindAt(text, end, out int length) != Kind.Number)
        {
            end += length;
        }

        return end;
    }

    private static bool IsChineseOrKana(char c) => c is (>= '\u4E00' and <= '\u9FA5') or (>= '\u3040' and <= '\u30FF');

    private static int PieceLength(ReadOnlySpan<char> segment)
    {
        Kind kind = KindAt(segment, 0, out int first);
        switch (kind)
        {
            case Kind.End:
            case Kind.Number:
                return first;
            case Kind.Letter:
                return SkipAll(segment, 0, Kind.Letter);
            case Kind.Symbol:
                return SymbolLength(segment);
            case Kind.LineEnd:
                return BlankLength(segment);
        }

        Kind next = KindAt(segment, first, out _);
        if (next == Kind.Letter)
        {
            return SkipAll(segment, first, Kind.Letter);
        }

        if (next == Kind.Symbol && segment[0] == ' ')
        {
            return SkipAll(segment, SkipAll(segment, first, Kind.Symbol), Kind.LineEnd);
        }

        return kind == Kind.Blank ? BlankLength(segment) : OtherLength(segment);
    }

    private static int SymbolLength(ReadOnlySpan<char> segment)
    {
        if (segment[0] < 128 && segment.Length > 1 && char.IsAsciiLetter(segment[1]))
        {
            int end = 2;
            while (end < segment.Length && char.IsAsciiLetter(segment[end]))
            {
                end++;
            }

            return end;
        }

        return SkipAll(segment, SkipAll(segment, 0, Kind.Symbol), Kind.LineEnd);
    }

    /// <summary>Blanks up to the last line end; without one, all of them at the end of a segment, else all but the one that may go with what follows.</summary>
    private static int BlankLength(ReadOnlySpan<char> segment)
    {
        int end = 0;
        int last = 0;
        int afterLineEnd = 0;
        Kind kind;
        while ((kind = KindAt(segment, end, out int length)) is Kind.Blank or Kind.LineEnd)
        {
            last = end;
            end += length;
            afterLineEnd = kind == Kind.LineEnd ? end : afterLineEnd;
        }

        if (afterLineEnd > 0)
        {
            return afterLineEnd;
        }

        return kind == Kind.End || last == 0 ? end : last;
    }

    /// <summary>What no pattern matches, such as control characters, up to the one that goes with a word.</summary>
    private static int OtherLength(ReadOnlySpan<char> segment)
    {
        int end = 0;
        while (KindAt(segment, end, out int length) == Kind.Other && KindAt(segment, end + length, out _) != Kind.Letter)
        {
            end += length;
        }

        return end;
    }

    private static int SkipAll(ReadOnlySpan<char> text, int start, Kind kind)
    {
        while (KindAt(text, start, out int length) == kind)
        {
            start += length;
        }

        return start;
    }

    /// <summary>The kind of the rune at an offset and its length in UTF-16. A lone surrogate counts as U+FFFD, which it will become.</summary>
    private static Kind KindAt(ReadOnlySpan<char> text, int offset, out int length)
    {
        if (offset == text.Length)
        {
            length = 0;
            return Kind.End;
        }

        _ = Rune.DecodeFromUtf16(text[offset..], out Rune rune, out length);
        return rune.Value switch
        {
            '\r' or '\n' => Kind.LineEnd,
            _ when Rune.IsWhiteSpace(rune) => Kind.Blank,
            _ => KindOf(Rune.GetUnicodeCategory(rune)),
        };
    }

    private static Kind KindOf(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.EnclosingMark => Kind.Letter,
        <= UnicodeCategory.OtherNumber => Kind.Number,
        >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherSymbol => Kind.Symbol,
        _ => Kind.Other,
    };
}
