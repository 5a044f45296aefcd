namespace Sputnik.Text;

/// <summary>Patterns that cut running text into words, numbers, symbols and blanks.</summary>
internal static class WordRules
{
    private const RuneClass Signs = RuneClass.Punctuation | RuneClass.Symbol;
    private const RuneClass Words = RuneClass.Letter | RuneClass.Mark;
    private const RuneClass SpaceLetterNumber = RuneClass.Space | RuneClass.Letter | RuneClass.Number;

    /// <summary>
    /// GPT-2: <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.
    /// </summary>
    public static int Gpt2(ReadOnlySpan<char> text, out bool matched)
    {
        matched = true;
        int contraction = Contraction(text, ignoreCase: false);
        if (contraction > 0)
        {
            return contraction;
        }

        int start = text[0] == ' ' ? 1 : 0;
        RuneClass kind = Runes.ClassAt(text, start, out int length);
        if (length == 0 || (kind & RuneClass.Space) != 0)
        {
            return Spaces(text, lineEnds: false);
        }

        RuneClass run = kind & (RuneClass.Letter | RuneClass.Number);
        return run == 0 ? Runes.SkipOthers(text, start, SpaceLetterNumber)
            : Runes.Skip(text, start, run == RuneClass.Number ? RuneClass.Number : RuneClass.Letter);
    }

    /// <summary>
    /// Llama 3 and Qwen 2: <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,most}|
    /// ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>, with 3 and 1 for <paramref name="mostDigits"/>.
    /// </summary>
    public static PieceRule Llama3(int mostDigits)
    {
        PieceRule numbers = RunRules.Numbers(mostDigits);
        return (ReadOnlySpan<char> text, out bool matched) =>
        {
            matched = true;
            int contraction = Contraction(text, ignoreCase: true);
            if (contraction > 0)
            {
                return contraction;
            }

            RuneClass kind = Runes.ClassAt(text, 0, out int first);
            if ((kind & RuneClass.Letter) != 0)
            {
                return Runes.Skip(text, first, RuneClass.Letter);
            }

            if (kind == RuneClass.Number)
            {
                return numbers(text, out matched);
            }

            return kind != RuneClass.LineEnd && (Runes.ClassAt(text, first, out _) & RuneClass.Letter) != 0
                ? Runes.Skip(text, first, RuneClass.Letter)
                : SymbolsOrSpaces(text, afterSlash: false);
        };
    }

    /// <summary>
    /// Mistral's tekken, with U = \p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M} and L = \p{Ll}\p{Lm}\p{Lo}\p{M}:
    /// <c>[^\r\n\p{L}\p{N}]?[U]*[L]+|[^\r\n\p{L}\p{N}]?[U]+[L]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>.
    /// </summary>
    public static int Tekken(ReadOnlySpan<char> text, out bool matched)
    {
        matched = true;
        RuneClass kind = Runes.ClassAt(text, 0, out int first);
        if (kind == RuneClass.Number)
        {
            return first;
        }

        bool mayLead = (kind & (RuneClass.LineEnd | RuneClass.Letter)) == 0;
        int word = mayLead ? LowerWord(text, first) : 0;
        word = word > 0 ? word : LowerWord(text, 0);
        word = word > 0 || !mayLead ? word : UpperWord(text, first);
        word = word > 0 ? word : UpperWord(text, 0);
        return word > 0 ? word : SymbolsOrSpaces(text, afterSlash: true);
    }

    /// <summary>
    /// DeepSeek V3: <c>[!-/:-@\[-`{-~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>.
    /// </summary>
    public static int DeepSeekV3(ReadOnlySpan<char> text, out bool matched)
    {
        matched = true;
        RuneClass kind = Runes.ClassAt(text, 0, out int first);
        if ((kind & Words) != 0)
        {
            return Runes.Skip(text, first, Words);
        }

        if ((kind & Signs) != 0)
        {
            int word = char.IsAscii(text[0]) ? AsciiWordEnd(text, first) : first;
            return word > first ? word : Runes.Skip(text, Runes.Skip(text, first, Signs), RuneClass.LineEnd);
        }

        RuneClass next = Runes.ClassAt(text, first, out _);
        if (kind != RuneClass.LineEnd && (next & Words) != 0)
        {
            return Runes.Skip(text, first, Words);
        }

        if (text[0] == ' ' && (next & Signs) != 0)
        {
            return Runes.Skip(text, Runes.Skip(text, first, Signs), RuneClass.LineEnd);
        }

        matched = (kind & RuneClass.Space) != 0;
        return matched ? Spaces(text, lineEnds: true) : first;
    }

    /// <summary><c>[U]*[L]+</c> from an offset; 0 when it does not match. See <see cref="Tekken"/>.</summary>
    private static int LowerWord(ReadOnlySpan<char> text, int start)
    {
        const RuneClass Both = RuneClass.Caseless | RuneClass.Mark;
        int end = start;
        int afterBoth = 0;
        RuneClass kind;
        while (((kind = Runes.ClassAt(text, end, out int length)) & (RuneClass.Upper | Both)) != 0)
        {
            end += length;
            afterBoth = (kind & Both) != 0 ? end : afterBoth;
        }

        // Without a lower-case letter behind it, the run gives back what follows its last rune of both classes.
        return kind == RuneClass.Lower ? Runes.Skip(text, end, RuneClass.Lower | Both) : afterBoth;
    }

    /// <summary><c>[U]+[L]*</c> from an offset where <c>[U]*[L]+</c> does not match; 0 when it does not match either.</summary>
    private static int UpperWord(ReadOnlySpan<char> text, int start)
    {
        int end = Runes.Skip(text, start, RuneClass.Upper);
        return end > start ? end : 0;
    }

    /// <summary><c> ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>; tekken takes slashes with the line ends.</summary>
    private static int SymbolsOrSpaces(ReadOnlySpan<char> text, bool afterSlash)
    {
        int start = text[0] == ' ' ? 1 : 0;
        int end = Runes.SkipOthers(text, start, SpaceLetterNumber);
        if (end == start)
        {
            return Spaces(text, lineEnds: true);
        }

        while (end < text.Length && (text[end] is '\r' or '\n' || (afterSlash && text[end] == '/')))
        {
            end++;
        }

        return end;
    }

    /// <summary><c>\s*[\r\n]+|\s+(?!\S)|\s+</c>, or without the first part: up to the last line end; else all, but for the last before other text.</summary>
    private static int Spaces(ReadOnlySpan<char> text, bool lineEnds)
    {
        int end = 0;
        int last = 0;
        int afterLineEnd = 0;
        RuneClass kind;
        int length;
        while (((kind = Runes.ClassAt(text, end, out length)) & RuneClass.Space) != 0)
        {
            last = end;
            end += length;
            afterLineEnd = kind == RuneClass.LineEnd ? end : afterLineEnd;
        }

        if (lineEnds && afterLineEnd > 0)
        {
            return afterLineEnd;
        }

        return length == 0 || last == 0 ? end : last;
    }

    private static int AsciiWordEnd(ReadOnlySpan<char> text, int start)
    {
        while (start < text.Length && char.IsAsciiLetter(text[start]))
        {
            start++;
        }

        return start;
    }

    /// <summary><c>'s|'t|'re|'ve|'m|'ll|'d</c>; 0 when there is none.</summary>
    private static int Contraction(ReadOnlySpan<char> text, bool ignoreCase)
    {
        if (text.Length < 2 || text[0] != '\'')
        {
            return 0;
        }

        char first = Folded(text, 1, ignoreCase);
        char second = Folded(text, 2, ignoreCase);
        return (first, second) switch
        {
            ('s' or 't' or 'm' or 'd', _) => 2,
            ('r', 'e') or ('v', 'e') or ('l', 'l') => 3,
            _ => 0,
        };
    }

    private static char Folded(ReadOnlySpan<char> text, int at, bool ignoreCase)
    {
        char c = at < text.Length ? text[at] : '\0';
        return ignoreCase && char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
    }
}
