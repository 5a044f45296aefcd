namespace Sputnik.Text.Templates;

/// <summary>
/// Values as Python's json.dumps prints them with ensure_ascii off: what the tojson of Hugging Face transformers gives.
/// </summary>
/// <param name="Indent">Characters a level is moved in by; null for one line.</param>
/// <param name="ItemSeparator">Between items.</param>
/// <param name="KeySeparator">Between a key and its value.</param>
/// <param name="SortKeys">Print the keys in order.</param>
/// <param name="Ascii">Escape what is not ASCII.</param>
internal sealed record PythonJson(TrackedText? Indent, TrackedText ItemSeparator, TrackedText KeySeparator, bool SortKeys, bool Ascii)
{
    public TrackedText Print(TemplateRun run, TemplateValue value)
    {
        TrackedBuilder output = new(run);
        Print(run, value, output, 0);
        return output.ToText();
    }

    private void Print(TemplateRun run, TemplateValue value, TrackedBuilder output, int depth)
    {
        if (depth > run.Limits.Nesting)
        {
            throw run.Error($"A value nests deeper than {run.Limits.Nesting}.");
        }

        run.Step();
        switch (value.Kind)
        {
            case ValueKind.Text:
                Quote(value.Text, output);
                break;
            case ValueKind.List when value.List.Form is ListForm.List or ListForm.Tuple:
                PrintList(run, value, output, depth);
                break;
            case ValueKind.Map or ValueKind.Namespace:
                PrintMap(run, value, output, depth);
                break;
            case ValueKind.None or ValueKind.Bool or ValueKind.Int or ValueKind.Float:
                output.Append(Scalar(value), value.FromInput);
                break;
            default:
                throw run.Error($"A {PythonText.TypeName(value)} has no JSON form.");
        }
    }

    private static string Scalar(TemplateValue value) => value.Kind switch
    {
        ValueKind.None => "null",
        ValueKind.Bool => value.Bool ? "true" : "false",
        ValueKind.Float when double.IsNaN(value.Float) => "NaN",
        ValueKind.Float when double.IsInfinity(value.Float) => value.Float > 0 ? "Infinity" : "-Infinity",
        ValueKind.Float => PythonText.OfFloat(value.Float),
        _ => value.Int.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private void PrintList(TemplateRun run, TemplateValue value, TrackedBuilder output, int depth)
    {
        List<TemplateValue> items = value.List.Items;
        output.Append('[', value.FromInput);
        for (int i = 0; i < items.Count; i++)
        {
            Separate(output, i, depth + 1, value.FromInput);
            Print(run, items[i], output, depth + 1);
        }

        Close(output, ']', items.Count, depth, value.FromInput);
    }

    private void PrintMap(TemplateRun run, TemplateValue value, TrackedBuilder output, int depth)
    {
        MapValue map = value.Map;
        output.Append('{', value.FromInput);
        int[] order = [.. Enumerable.Range(0, map.Count)];
        if (SortKeys)
        {
            run.ChargeItems(map.Count);
            order = [.. order.OrderBy(i => PythonText.Of(run, map[i].Name).Text, StringComparer.Ordinal)];
        }

        for (int i = 0; i < order.Length; i++)
        {
            (_, TemplateValue name, TemplateValue item) = map[order[i]];
            Separate(output, i, depth + 1, value.FromInput);
            Quote(name.Kind == ValueKind.Text ? name.Text : TrackedText.Of(Scalar(name), name.FromInput), output);
            Append(output, KeySeparator, value.FromInput);
            Print(run, item, output, depth + 1);
        }

        Close(output, '}', order.Length, depth, value.FromInput);
    }

    private void Separate(TrackedBuilder output, int index, int depth, bool input)
    {
        if (index > 0)
        {
            Append(output, ItemSeparator, input);
        }

        NewLine(output, depth, input);
    }

    private void Close(TrackedBuilder output, char bracket, int count, int depth, bool input)
    {
        if (count > 0)
        {
            NewLine(output, depth, input);
        }

        output.Append(bracket, input);
    }

    private void NewLine(TrackedBuilder output, int depth, bool input)
    {
        if (Indent is null)
        {
            return;
        }

        output.Append('\n', input);
        for (int i = 0; i < depth; i++)
        {
            Append(output, Indent, input);
        }
    }

    // What holds an input value's parts together is as little the template's as the parts.
    private static void Append(TrackedBuilder output, TrackedText text, bool input)
    {
        if (input)
        {
            output.Append(text.Text, fromInput: true);
        }
        else
        {
            output.Append(text);
        }
    }

    private void Quote(TrackedText text, TrackedBuilder output)
    {
        string value = text.Text;
        bool input = text.IsInput;
        output.Append('"', input);
        int from = 0;
        for (int i = 0; i < value.Length; i++)
        {
            if (Escape(value[i]) is { } escape)
            {
                output.Append(text, from, i - from);
                output.Append(escape, text.IsInputAt(i));
                from = i + 1;
            }
        }

        output.Append(text, from, value.Length - from);
        output.Append('"', input);
    }

    private string? Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\f' => "\\f",
        '\b' => "\\b",
        < ' ' => $"\\u{(int)c:x4}",
        > '~' when Ascii && c != '\x7f' => $"\\u{(int)c:x4}",
        _ => null,
    };
}
