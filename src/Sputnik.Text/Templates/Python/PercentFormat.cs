using System.Globalization;

namespace Sputnik.Text.Templates;

/// <summary>Python's <c>format % values</c>: %s, %r, %d, %i, %f, %x with a width, a precision and the flags 0 and -.</summary>
internal static class PercentFormat
{
    private const int Widest = 1000;

    public static TrackedText Apply(TemplateRun run, TrackedText format, TemplateValue value)
    {
        List<TemplateValue> values = value.Kind == ValueKind.List && value.List.Form == ListForm.Tuple ? value.List.Items : [value];
        TrackedBuilder output = new(run);
        string text = format.Text;
        int from = 0;
        int next = 0;
        int at;
        while ((at = text.IndexOf('%', from)) >= 0)
        {
            output.Append(format, from, at - from);
            Field field = Field.Read(run, text, at + 1);
            from = field.End;
            if (field.Conversion == '%')
            {
                output.Append(format, from - 1, 1);
                continue;
            }

            if (next == values.Count)
            {
                throw run.Error("The format has more fields than there are values.");
            }

            field.Append(run, values[next++], output);
        }

        output.Append(format, from, text.Length - from);
        return next == values.Count || value.Kind == ValueKind.Map
            ? output.ToText()
            : throw run.Error($"The format has {next} fields for {values.Count} values.");
    }

    private readonly record struct Field(bool Left, bool Zero, int Width, int Precision, char Conversion, int End)
    {
        public static Field Read(TemplateRun run, string text, int at)
        {
            bool left = false;
            bool zero = false;
            while (at < text.Length && text[at] is '-' or '0')
            {
                left |= text[at] == '-';
                zero |= text[at] == '0';
                at++;
            }

            int width = Number(run, text, ref at);
            int precision = -1;
            if (at < text.Length && text[at] == '.')
            {
                at++;
                precision = Number(run, text, ref at);
            }

            return at < text.Length && "srdifx%".Contains(text[at], StringComparison.Ordinal)
                ? new(left, zero, width, precision, text[at], at + 1)
                : throw run.Error("A format takes %s, %r, %d, %i, %f, %x or %%.");
        }

        public void Append(TemplateRun run, TemplateValue value, TrackedBuilder output)
        {
            TrackedText text = Convert(run, value);
            int pad = Width - Characters.Count(text.Text);
            bool zeros = Zero && !Left && Conversion is not ('s' or 'r');
            string padding = pad > 0 ? new string(zeros ? '0' : ' ', pad) : "";
            int sign = zeros && text.Text.StartsWith('-') ? 1 : 0;
            output.Append(text, 0, sign);
            output.Append(Left ? "" : padding, fromInput: false);
            output.Append(text, sign, text.Length - sign);
            output.Append(Left ? padding : "", fromInput: false);
        }

        private static int Number(TemplateRun run, string text, ref int at)
        {
            int number = 0;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                number = (10 * number) + (text[at++] - '0');
                if (number > Widest)
                {
                    throw run.Error($"A field of a format is at most {Widest} wide.");
                }
            }

            return number;
        }

        private TrackedText Convert(TemplateRun run, TemplateValue value)
        {
            if (Conversion is 's' or 'r')
            {
                TrackedText text = Conversion == 's' ? PythonText.Of(run, value) : PythonText.Quoted(run, value);
                return Precision >= 0 && Precision < Characters.Count(text.Text) ? text.Slice(0, Characters.Place(text.Text, Precision)) : text;
            }

            if (!value.IsNumber || !double.IsFinite(value.Float))
            {
                throw run.Error($"%{Conversion} takes a number, got {PythonText.TypeName(value)}.");
            }

            if (Conversion == 'f')
            {
                string places = "F" + (Precision < 0 ? 6 : Precision).ToString(CultureInfo.InvariantCulture);
                return TrackedText.Of(value.Float.ToString(places, CultureInfo.InvariantCulture), value.FromInput);
            }

            Int128 whole = value.Kind == ValueKind.Float ? (Int128)Math.Truncate(value.Float) : value.Int;
            string digits = Conversion != 'x' ? whole.ToString(CultureInfo.InvariantCulture)
                : whole < 0 ? "-" + (-whole).ToString("x", CultureInfo.InvariantCulture).TrimStart('0')
                : whole.ToString("x", CultureInfo.InvariantCulture);
            return TrackedText.Of(digits, value.FromInput);
        }
    }
}
