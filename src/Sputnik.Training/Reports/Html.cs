using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sputnik.Training;

/// <summary>
/// HTML from interpolated strings: <c>Html.Of($"&lt;td&gt;{value}&lt;/td&gt;")</c> escapes every value that is not
/// <see cref="Markup"/>, so that nothing a model or a recipe says can become a tag.
/// </summary>
internal static class Html
{
    /// <summary>The literal parts as they stand, the values escaped, numbers in the invariant culture.</summary>
    public static Markup Of(Interpolation text) => new(text.ToString());

    /// <summary>Text as it may stand in an element or in a quoted attribute. Control codes, which a page may not hold, become U+FFFD.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '"':
                    escaped.Append("&quot;");
                    break;
                case '\'':
                    escaped.Append("&#39;");
                    break;
                default:
                    escaped.Append(MayStand(rune) ? rune.ToString() : "\uFFFD");
                    break;
            }
        }

        return escaped.ToString();
    }

    // XML 1.0 §2.2, and C1 controls, which HTML calls errors.
    private static bool MayStand(Rune rune) =>
        rune.Value is '\n' or '\t' || (rune.Value >= 0x20 && rune.Value is not (>= 0x7F and <= 0x9F or 0xFFFE or 0xFFFF));

    /// <summary>Gathers the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Interpolation(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _text = new(literalLength + (16 * formattedCount));

        public void AppendLiteral(string value) => _text.Append(value);

        public void AppendFormatted(Markup value) => _text.Append(value.Html);

        public void AppendFormatted(string? value) => _text.Append(Escape(value ?? ""));

        public void AppendFormatted(int value) => _text.Append(CultureInfo.InvariantCulture, $"{value}");

        public void AppendFormatted(ulong value) => _text.Append(CultureInfo.InvariantCulture, $"{value}");

        public void AppendFormatted(double value, string format) => _text.Append(value.ToString(format, CultureInfo.InvariantCulture));

        public override string ToString() => _text.ToString();
    }
}
