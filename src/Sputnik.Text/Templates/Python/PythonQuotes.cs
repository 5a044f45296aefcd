using System.Globalization;

namespace Sputnik.Text.Templates;

/// <summary>A string as Python's repr prints it: single quotes unless only those occur inside, what does not print escaped.</summary>
internal static class PythonQuotes
{
    public static void Append(TrackedText text, TrackedBuilder output)
    {
        string value = text.Text;
        bool input = text.IsInput;
        char quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        output.Append(quote, input);
        int from = 0;
        for (int i = 0; i < value.Length; i++)
        {
            int width = i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1]) ? 2 : 1;
            if (Escape(value, i, quote) is { } escape)
            {
                output.Append(text, from, i - from);
                output.Append(escape, text.IsInputAt(i));
                from = i + width;
            }

            i += width - 1;
        }

        output.Append(text, from, value.Length - from);
        output.Append(quote, input);
    }

    private static string? Escape(string value, int at, char quote)
    {
        char c = value[at];
        if (c is '\\' || c == quote)
        {
            return "\\" + c;
        }

        if (c is >= ' ' and < '\x7f')
        {
            return null;
        }

        return c switch
        {
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => Prints(CharUnicodeInfo.GetUnicodeCategory(value, at)) ? null : Number(value, at),
        };
    }

    private static bool Prints(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    private static string Number(string value, int at)
    {
        int code = at + 1 < value.Length && char.IsSurrogatePair(value[at], value[at + 1]) ? char.ConvertToUtf32(value, at) : value[at];
        return code < 0x100 ? $"\\x{code:x2}" : code < 0x10000 ? $"\\u{code:x4}" : $"\\U{code:x8}";
    }
}
