using System.Globalization;
using System.Text;

namespace Sputnik.Generation.Grammars;

/// <summary>Reads a source character by character and says where it stands.</summary>
internal sealed class SourceReader(string source)
{
    /// <summary>Offset of the next character.</summary>
    public int At { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public bool IsAtEnd => At >= source.Length;

    /// <summary>The next UTF-16 unit; NUL at the end.</summary>
    public char Peek => IsAtEnd ? '\0' : source[At];

    /// <summary>Whether the rest begins with a text.</summary>
    public bool Sees(string text) => source.AsSpan(At).StartsWith(text, StringComparison.Ordinal);

    /// <summary>Takes a text if the rest begins with it.</summary>
    public bool Take(string text)
    {
        bool sees = Sees(text);
        At += sees ? text.Length : 0;
        return sees;
    }

    /// <summary>Takes one character.</summary>
    public Rune Next()
    {
        if (IsAtEnd)
        {
            throw Malformed("it ends too early");
        }

        bool whole = Rune.TryGetRuneAt(source, At, out Rune rune);
        At += whole ? rune.Utf16SequenceLength : throw Malformed("half a character");
        return rune;
    }

    /// <summary>Takes all characters up to the first that is not wanted.</summary>
    public string TakeWhile(Func<char, bool> wanted)
    {
        int start = At;
        while (!IsAtEnd && wanted(Peek))
        {
            At++;
        }

        return source[start..At];
    }

    /// <summary>Takes a number of hexadecimal digits as a character.</summary>
    public int Hex(int digits)
    {
        int start = At;
        At = Math.Min(At + digits, source.Length);
        return int.TryParse(source.AsSpan(start, At - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            && At - start == digits && Rune.IsValid(value)
                ? value
                : throw Malformed($"'{source[start..At]}' are not {digits} hexadecimal digits of a character");
    }

    /// <summary>Takes {m}, {m,} or {m,n}; false, and nothing taken, where it is something else.</summary>
    public bool TakeCount(out int least, out int? most)
    {
        int start = At;
        (least, most) = (0, null);
        bool counts = Take("{") && Number(out least);
        most = least;
        if (counts && Take(","))
        {
            most = Number(out int end) ? end : null;
        }

        if (counts && Take("}"))
        {
            return true;
        }

        At = start;
        return false;
    }

    /// <summary>The error of a malformed source.</summary>
    public ArgumentException Malformed(string what) => new($"At offset {At}: {what}.");

    /// <summary>The error of something that is not built.</summary>
    public NotSupportedException Unsupported(string what) => new($"At offset {At}: {what} are not supported.");

    private bool Number(out int value)
    {
        string digits = TakeWhile(char.IsAsciiDigit);
        value = 0;
        if (digits.Length == 0)
        {
            return false;
        }

        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) ? true : throw Malformed($"{digits} repetitions are too many");
    }
}
