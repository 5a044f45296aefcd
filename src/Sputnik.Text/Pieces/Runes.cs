using System.Globalization;
using System.Text;

namespace Sputnik.Text;

/// <summary>Reads UTF-16 by runes. A lone surrogate counts as U+FFFD, which it will become.</summary>
internal static class Runes
{
    private static readonly RuneClass[] Ascii = [.. Enumerable.Range(0, 128).Select(c => Of(new Rune(c)))];

    /// <summary>The class of the rune at an offset and its length in UTF-16; at the end <see cref="RuneClass.None"/> and 0.</summary>
    public static RuneClass ClassAt(ReadOnlySpan<char> text, int offset, out int length)
    {
        if ((uint)offset >= (uint)text.Length)
        {
            length = 0;
            return RuneClass.None;
        }

        char c = text[offset];
        if (c < 128)
        {
            length = 1;
            return Ascii[c];
        }

        return Of(At(text, offset, out length));
    }

    /// <summary>The rune at an offset before the end.</summary>
    public static Rune At(ReadOnlySpan<char> text, int offset, out int length)
    {
        _ = Rune.DecodeFromUtf16(text[offset..], out Rune rune, out length);
        return rune;
    }

    /// <summary>Where the run of runes of any of these classes ends.</summary>
    public static int Skip(ReadOnlySpan<char> text, int start, RuneClass classes)
    {
        while ((ClassAt(text, start, out int length) & classes) != 0)
        {
            start += length;
        }

        return start;
    }

    /// <summary>Where the run of runes of none of these classes ends.</summary>
    public static int SkipOthers(ReadOnlySpan<char> text, int start, RuneClass classes)
    {
        while ((ClassAt(text, start, out int length) & classes) == 0 && length > 0)
        {
            start += length;
        }

        return start;
    }

    private static RuneClass Of(Rune rune) => rune.Value switch
    {
        '\r' or '\n' => RuneClass.LineEnd,
        _ when Rune.IsWhiteSpace(rune) => RuneClass.Blank,
        _ => Of(Rune.GetUnicodeCategory(rune)),
    };

    private static RuneClass Of(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => RuneClass.Upper,
        UnicodeCategory.LowercaseLetter => RuneClass.Lower,
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => RuneClass.Caseless,
        <= UnicodeCategory.EnclosingMark => RuneClass.Mark,
        <= UnicodeCategory.OtherNumber => RuneClass.Number,
        >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation => RuneClass.Punctuation,
        >= UnicodeCategory.MathSymbol and <= UnicodeCategory.OtherSymbol => RuneClass.Symbol,
        _ => RuneClass.None,
    };
}
