namespace Sputnik.Text;

/// <summary>Patterns that are one run of a class, with or without one space before it.</summary>
internal static class RunRules
{
    /// <summary><c>\p{N}{1,most}</c>; without a limit <c>\p{N}+</c>.</summary>
    public static PieceRule Numbers(int most = int.MaxValue) => (ReadOnlySpan<char> text, out bool matched) =>
    {
        int end = 0;
        int count = 0;
        while (count < most && Runes.ClassAt(text, end, out int length) == RuneClass.Number)
        {
            end += length;
            count++;
        }

        return Run(text, end, out matched);
    };

    /// <summary><c>[members]+</c>.</summary>
    public static PieceRule Of(RuneSet members) =>
        (ReadOnlySpan<char> text, out bool matched) => Run(text, members.Skip(text, 0), out matched);

    /// <summary><c>\s?[members]+</c>.</summary>
    public static PieceRule SpaceAnd(RuneSet members) => (ReadOnlySpan<char> text, out bool matched) =>
    {
        int start = AfterSpace(text);
        int end = members.Skip(text, start);
        return end > start ? Run(text, end, out matched) : Run(text, members.Skip(text, 0), out matched);
    };

    /// <summary><c>\s?</c> and a run of the classes.</summary>
    public static PieceRule SpaceAnd(RuneClass classes) => (ReadOnlySpan<char> text, out bool matched) =>
    {
        int start = AfterSpace(text);
        int end = Runes.Skip(text, start, classes);
        return Run(text, end > start ? end : 0, out matched);
    };

    /// <summary><c>[\r\n]</c>.</summary>
    public static int LineEnd(ReadOnlySpan<char> text, out bool matched)
    {
        matched = Runes.ClassAt(text, 0, out int length) == RuneClass.LineEnd;
        return length;
    }

    /// <summary><c>\s+$</c>.</summary>
    public static int LastSpaces(ReadOnlySpan<char> text, out bool matched)
    {
        int end = Runes.Skip(text, 0, RuneClass.Space);
        matched = end == text.Length;
        return matched || end > 0 ? end : Run(text, 0, out matched);
    }

    /// <summary><c> *[^ ]*</c>: a word with the blanks before it.</summary>
    public static int WordWithBlanks(ReadOnlySpan<char> text, out bool matched)
    {
        matched = true;
        int start = text.IndexOfAnyExcept(' ');
        int length = start < 0 ? start : text[start..].IndexOf(' ');
        return length < 0 ? text.Length : start + length;
    }

    private static int AfterSpace(ReadOnlySpan<char> text) =>
        (Runes.ClassAt(text, 0, out int length) & RuneClass.Space) != 0 ? length : 0;

    private static int Run(ReadOnlySpan<char> text, int end, out bool matched)
    {
        matched = end > 0;
        if (!matched)
        {
            _ = Runes.ClassAt(text, 0, out end);
        }

        return end;
    }
}
