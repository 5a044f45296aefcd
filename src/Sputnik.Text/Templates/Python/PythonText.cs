using System.Globalization;

namespace Sputnik.Text.Templates;

/// <summary>Values as Python's str and repr print them.</summary>
internal static class PythonText
{
    /// <summary>str(value); an undefined value is empty.</summary>
    public static TrackedText Of(TemplateRun run, TemplateValue value)
    {
        switch (value.Kind)
        {
            case ValueKind.Text:
                return value.Text;
            case ValueKind.Undefined:
                return TrackedText.Empty;
            case ValueKind.List or ValueKind.Map or ValueKind.Namespace:
                TrackedBuilder builder = new(run);
                Print(run, value, builder, 0);
                return builder.ToText();
            default:
                return TrackedText.Of(Scalar(value), value.FromInput);
        }
    }

    /// <summary>str(value), appended.</summary>
    public static void Append(TemplateRun run, TemplateValue value, TrackedBuilder output) => output.Append(Of(run, value));

    /// <summary>repr(value).</summary>
    public static TrackedText Quoted(TemplateRun run, TemplateValue value)
    {
        TrackedBuilder builder = new(run);
        Print(run, value, builder, 0);
        return builder.ToText();
    }

    /// <summary>A float as Python prints it: the shortest digits that read back, an exponent from 1e16 and below 1e-4.</summary>
    public static string OfFloat(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        string round = value.ToString("R", CultureInfo.InvariantCulture);
        string sign = round[0] == '-' ? "-" : "";
        int mark = round.IndexOf('E', StringComparison.Ordinal);
        int power = mark < 0 ? 0 : int.Parse(round.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string written = round[sign.Length..(mark < 0 ? round.Length : mark)];
        int point = written.IndexOf('.', StringComparison.Ordinal);
        string all = written.Replace(".", "", StringComparison.Ordinal);
        string digits = all.TrimStart('0');
        int exponent = power + (point < 0 ? written.Length : point) - 1 - (all.Length - digits.Length);
        digits = digits.Length == 0 ? "0" : digits.TrimEnd('0');
        return sign + (value != 0 && (exponent >= 16 || exponent < -4) ? Scientific(digits, exponent) : Positional(digits, value == 0 ? 0 : exponent));
    }

    /// <summary>Python's name of a value's type, for errors.</summary>
    public static string TypeName(TemplateValue value) => value.Kind switch
    {
        ValueKind.Undefined => "undefined value",
        ValueKind.None => "None",
        ValueKind.Bool => "bool",
        ValueKind.Int => "int",
        ValueKind.Float => "float",
        ValueKind.Text => "string",
        ValueKind.List => value.List.Form.ToString().ToLowerInvariant(),
        ValueKind.Map => "dict",
        ValueKind.Namespace => "namespace",
        ValueKind.Loop => "loop",
        _ => "function",
    };

    private static string Scientific(string digits, int exponent)
    {
        string fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string Positional(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        string whole = digits.PadRight(exponent + 1, '0');
        string fraction = whole[(exponent + 1)..];
        return whole[..(exponent + 1)] + "." + (fraction.Length == 0 ? "0" : fraction);
    }

    private static string Scalar(TemplateValue value) => value.Kind switch
    {
        ValueKind.None => "None",
        ValueKind.Bool => value.Bool ? "True" : "False",
        ValueKind.Int => value.Int.ToString(CultureInfo.InvariantCulture),
        ValueKind.Float => OfFloat(value.Float),
        ValueKind.Undefined => "Undefined",
        ValueKind.Loop => value.Loop.Display,
        _ => $"<{(value.Callable is MacroValue ? "Macro" : "function")} '{value.Callable.Name}'>",
    };

    private static void Print(TemplateRun run, TemplateValue value, TrackedBuilder output, int depth)
    {
        if (depth > run.Limits.Nesting)
        {
            throw run.Error($"A value nests deeper than {run.Limits.Nesting}.");
        }

        run.Step();
        switch (value.Kind)
        {
            case ValueKind.Text:
                PythonQuotes.Append(value.Text, output);
                break;
            case ValueKind.List:
                PrintList(run, value, output, depth);
                break;
            case ValueKind.Map:
                PrintMap(run, value, output, depth);
                break;
            case ValueKind.Namespace:
                output.Append("<Namespace ", fromInput: false);
                PrintMap(run, value, output, depth);
                output.Append('>', fromInput: false);
                break;
            default:
                output.Append(Scalar(value), value.FromInput);
                break;
        }
    }

    private static void PrintList(TemplateRun run, TemplateValue value, TrackedBuilder output, int depth)
    {
        ListValue list = value.List;
        bool input = value.FromInput;
        output.Append(list.Display, input);
        if (list.Form == ListForm.Range)
        {
            return;
        }

        bool tuple = list.Form == ListForm.Tuple;
        output.Append(tuple ? "(" : "[", input);
        for (int i = 0; i < list.Count; i++)
        {
            output.Append(i == 0 ? "" : ", ", input);
            Print(run, list.Items[i], output, depth + 1);
        }

        output.Append(tuple ? list.Count == 1 ? ",)" : ")" : list.Form == ListForm.View ? "])" : "]", input);
    }

    private static void PrintMap(TemplateRun run, TemplateValue value, TrackedBuilder output, int depth)
    {
        MapValue map = value.Map;
        bool input = value.FromInput;
        output.Append('{', input);
        for (int i = 0; i < map.Count; i++)
        {
            output.Append(i == 0 ? "" : ", ", input);
            Print(run, map[i].Name, output, depth + 1);
            output.Append(": ", input);
            Print(run, map[i].Value, output, depth + 1);
        }

        output.Append('}', input);
    }
}
