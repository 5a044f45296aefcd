using System.Globalization;

namespace Sputnik.Text.Templates;

/// <summary>strftime in the C locale: the codes of the C standard and the flag - (no padding).</summary>
internal static class TimeFormat
{
    private const int Longest = 256;

    public static TrackedText Print(TemplateRun run, TrackedText format, DateTimeOffset time)
    {
        string text = format.Text;
        if (text.Length > Longest)
        {
            throw run.Error($"A time format has at most {Longest} characters, got {text.Length}.");
        }

        TrackedBuilder output = new(run);
        for (int i = 0; i < text.Length; i++)
        {
            bool flag = text[i] == '%' && i + 2 < text.Length && text[i + 1] == '-';
            if (text[i] != '%' || i + 1 == text.Length)
            {
                output.Append(format, i, 1);
                continue;
            }

            i += flag ? 2 : 1;
            string printed = Field(text[i], time) ?? throw run.Error($"The time format has no code %{text[i]}.");
            output.Append(flag && printed.Length > 1 ? printed.TrimStart('0').PadLeft(1, '0') : printed, !format.IsTrusted);
        }

        return output.ToText();
    }

    private static string? Field(char code, DateTimeOffset time) => code switch
    {
        'Y' => Print(time, "yyyy"),
        'y' => Print(time, "yy"),
        'm' => Print(time, "MM"),
        'd' => Print(time, "dd"),
        'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'H' => Print(time, "HH"),
        'I' => Print(time, "hh"),
        'M' => Print(time, "mm"),
        'S' => Print(time, "ss"),
        'f' => Print(time, "ffffff"),
        'p' => time.Hour < 12 ? "AM" : "PM",
        'b' or 'h' => Print(time, "MMM"),
        'B' => Print(time, "MMMM"),
        'a' => Print(time, "ddd"),
        'A' => Print(time, "dddd"),
        'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'u' => (time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'F' => Print(time, "yyyy-MM-dd"),
        'T' or 'X' => Print(time, "HH:mm:ss"),
        'R' => Print(time, "HH:mm"),
        'D' or 'x' => Print(time, "MM/dd/yy"),
        'c' => Print(time, "ddd MMM ") + time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2) + Print(time, " HH:mm:ss yyyy"),
        'n' => "\n",
        't' => "\t",
        'z' or 'Z' => "",
        '%' => "%",
        _ => null,
    };

    private static string Print(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
