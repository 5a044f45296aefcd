using System.Globalization;
using System.Text;

namespace Sputnik.Text.Templates;

/// <summary>A quoted string with Python's escapes; what is no escape keeps its backslash.</summary>
internal static class StringLiteral
{
    public static string Read(TemplateSource source, ref int at)
    {
        string text = source.Text;
        char quote = text[at];
        int begin = ++at;
        while (at < text.Length && text[at] != quote)
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        if (at >= text.Length)
        {
            throw source.Error("A string is not closed.", begin - 1);
        }

        ReadOnlySpan<char> inner = text.AsSpan(begin, at - begin);
        at++;
        return inner.Contains('\\') ? Unescape(source, inner, begin) : inner.ToString();
    }

    private static string Unescape(TemplateSource source, ReadOnlySpan<char> text, int position)
    {
        StringBuilder result = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            int digits = text[i] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits > 0)
            {
                result.Append(CodePoint(source, text[(i + 1)..], digits, position + i - 1));
                i += digits;
            }
            else if (text[i] is >= '0' and <= '7')
            {
                int octal = 0;
                int end = Math.Min(i + 3, text.Length);
                for (; i < end && text[i] is >= '0' and <= '7'; i++)
                {
                    octal = (8 * octal) + (text[i] - '0');
                }

                result.Append((char)octal);
                i--;
            }
            else
            {
                result.Append(Simple(text[i]));
            }
        }

        return result.ToString();
    }

    private static string CodePoint(TemplateSource source, ReadOnlySpan<char> text, int digits, int position)
    {
        if (text.Length < digits || !uint.TryParse(text[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code) || code > 0x10FFFF)
        {
            throw source.Error($"An escape takes {digits} hexadecimal digits of a code point.", position);
        }

        return code < 0x10000 ? ((char)code).ToString() : char.ConvertFromUtf32((int)code);
    }

    private static string Simple(char c) => c switch
    {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        'b' => "\b",
        'f' => "\f",
        'v' => "\v",
        'a' => "\a",
        '\\' => "\\",
        '\'' => "'",
        '"' => "\"",
        '\n' => "",
        _ => "\\" + c,
    };
}
