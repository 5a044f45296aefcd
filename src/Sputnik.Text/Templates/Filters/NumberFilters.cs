using System.Globalization;

namespace Sputnik.Text.Templates;

/// <summary>int, float, round, abs.</summary>
internal static class NumberFilters
{
    public static Dictionary<string, Method> All { get; } = new()
    {
        ["int"] = ToInteger,
        ["float"] = ToFloat,
        ["round"] = Round,
        ["abs"] = (run, self, _) => self.IsNumber && self.Float < 0 ? Arithmetic.Negate(run, self)
            : self.Kind == ValueKind.Bool ? TemplateValue.Of(self.Int).From(self.FromInput)
            : self.IsNumber ? self
            : throw run.Error($"abs takes a number, got {PythonText.TypeName(self)}."),
    };

    private static TemplateValue ToInteger(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        TemplateValue otherwise = arguments.Find(0, "default") ?? TemplateValue.Of(0L);
        int numberBase = arguments.Int(run, 1, "base", 10);
        if (self.IsInteger)
        {
            return TemplateValue.Of(self.Int).From(self.FromInput);
        }

        if (self.Kind == ValueKind.Text && Parse(run, self.Text.Text, numberBase) is { } integer)
        {
            return TemplateValue.Of(integer).From(self.FromInput);
        }

        double? value = self.Kind == ValueKind.Float ? self.Float : self.Kind == ValueKind.Text ? ParseFloat(run, self.Text.Text) : null;
        return value is { } number && Math.Abs(number) < long.MaxValue ? TemplateValue.Of((long)number).From(self.FromInput) : otherwise;
    }

    private static TemplateValue ToFloat(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        double? value = self.IsNumber ? self.Float : self.Kind == ValueKind.Text ? ParseFloat(run, self.Text.Text) : null;
        return value is { } number ? TemplateValue.Of(number).From(self.FromInput) : arguments.Find(0, "default") ?? TemplateValue.Of(0.0);
    }

    private static long? Parse(TemplateRun run, string text, int numberBase)
    {
        if (numberBase is not (2 or 8 or 10 or 16))
        {
            throw run.Error($"int takes the base 2, 8, 10 or 16, got {numberBase}.");
        }

        run.Charge(text.Length);
        string digits = text.Trim().Replace("_", "", StringComparison.Ordinal);
        bool negative = digits.StartsWith('-');
        digits = negative || digits.StartsWith('+') ? digits[1..] : digits;
        string prefix = numberBase switch { 16 => "0x", 8 => "0o", 2 => "0b", _ => "" };
        digits = digits.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? digits[prefix.Length..] : digits;
        Int128 value = 0;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) - 'a' + 10 : numberBase;
            if (digit >= numberBase || value > long.MaxValue)
            {
                return null;
            }

            value = (value * numberBase) + digit;
        }

        value = negative ? -value : value;
        return digits.Length > 0 && value >= long.MinValue && value <= long.MaxValue ? (long)value : null;
    }

    private static double? ParseFloat(TemplateRun run, string text)
    {
        run.Charge(text.Length);
        string trimmed = text.Trim().Replace("_", "", StringComparison.Ordinal);
        return trimmed.ToLowerInvariant() switch
        {
            "inf" or "+inf" or "infinity" or "+infinity" => double.PositiveInfinity,
            "-inf" or "-infinity" => double.NegativeInfinity,
            "nan" or "+nan" or "-nan" => double.NaN,
            _ => double.TryParse(trimmed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value)
                ? value : null,
        };
    }

    private static TemplateValue Round(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        int places = arguments.Int(run, 0, "precision", 0);
        string method = arguments.Text(run, 1, "method", "common").Text;
        if (!self.IsNumber || places is < -300 or > 300)
        {
            throw run.Error($"round takes a number and a precision from -300 to 300, got {PythonText.TypeName(self)} and {places}.");
        }

        if (method == "common" && self.IsInteger && places >= 0)
        {
            return TemplateValue.Of(self.Int).From(self.FromInput);
        }

        double value = self.Float;
        double scale = Math.Pow(10, places);
        double rounded = method switch
        {
            "ceil" => Math.Ceiling(value * scale) / scale,
            "floor" => Math.Floor(value * scale) / scale,
            "common" when places < 0 => Math.Round(value * scale) / scale,
            "common" => Nearest(value, places),
            _ => throw run.Error($"round takes the method 'common', 'ceil' or 'floor', got '{method}'."),
        };
        return (method == "common" && self.IsInteger ? TemplateValue.Of((long)rounded) : TemplateValue.Of(rounded)).From(self.FromInput);
    }

    // To the decimal that is nearest to the exact binary value, a true tie to the even digit, as Python rounds.
    private static double Nearest(double value, int places)
    {
        if (!double.IsFinite(value) || places > 22 || Math.Abs(value) > 1e22)
        {
            return value;
        }

        string exact = value.ToString("F" + (places + 60).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        string cut = exact[..^60];
        string behind = exact[^60..];
        bool tie = behind[0] == '5' && behind.AsSpan(1).IndexOfAnyExcept('0') < 0;
        char last = cut.TrimEnd('.')[^1];
        string printed = tie && (last - '0') % 2 == 0 ? cut.TrimEnd('.') : value.ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return double.Parse(printed, CultureInfo.InvariantCulture);
    }
}
