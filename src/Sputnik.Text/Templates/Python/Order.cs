namespace Sputnik.Text.Templates;

/// <summary>Python's == and &lt; between values.</summary>
internal static class Order
{
    public static bool Same(TemplateRun run, TemplateValue a, TemplateValue b, int depth = 0)
    {
        run.Step();
        if (depth > run.Limits.Nesting)
        {
            throw run.Error($"A value nests deeper than {run.Limits.Nesting}.");
        }

        if (a.IsNumber && b.IsNumber)
        {
            return a.Kind == ValueKind.Float || b.Kind == ValueKind.Float ? a.Float == b.Float : a.Int == b.Int;
        }

        if (a.Kind != b.Kind)
        {
            return false;
        }

        switch (a.Kind)
        {
            case ValueKind.Text:
                run.Charge(Math.Min(a.Text.Length, b.Text.Length));
                return a.Text.Text == b.Text.Text;
            case ValueKind.List:
                return SameItems(run, a.List, b.List, depth + 1);
            case ValueKind.Map:
                return SameEntries(run, a.Map, b.Map, depth + 1);
            case ValueKind.Namespace:
                return ReferenceEquals(a.Map, b.Map);
            case ValueKind.Loop:
                return ReferenceEquals(a.Loop, b.Loop);
            case ValueKind.Callable:
                return ReferenceEquals(a.Callable, b.Callable);
            default:
                return true;
        }
    }

    /// <summary>Negative, zero or positive as a is below, equal to or above b.</summary>
    public static int Compare(TemplateRun run, TemplateValue a, TemplateValue b, int depth = 0)
    {
        run.Step();
        if (depth > run.Limits.Nesting)
        {
            throw run.Error($"A value nests deeper than {run.Limits.Nesting}.");
        }

        if (a.IsNumber && b.IsNumber)
        {
            return a.Kind == ValueKind.Float || b.Kind == ValueKind.Float ? a.Float.CompareTo(b.Float) : a.Int.CompareTo(b.Int);
        }

        if (a.Kind == ValueKind.Text && b.Kind == ValueKind.Text)
        {
            run.Charge(Math.Min(a.Text.Length, b.Text.Length));
            return CodePoints(a.Text.Text, b.Text.Text);
        }

        if (a.Kind == ValueKind.List && b.Kind == ValueKind.List && a.List.Form == b.List.Form)
        {
            return CompareItems(run, a.List, b.List, depth + 1);
        }

        throw run.Error($"A {PythonText.TypeName(a)} and a {PythonText.TypeName(b)} have no order: {Why(a, b)}");
    }

    private static string Why(TemplateValue a, TemplateValue b) =>
        a.Kind == ValueKind.Undefined ? a.Missing + "." : b.Kind == ValueKind.Undefined ? b.Missing + "." : "compare values of one type.";

    // Surrogates sort below U+E000 in UTF-16, and above it as code points.
    private static int CodePoints(string a, string b)
    {
        int i = a.AsSpan().CommonPrefixLength(b);
        if (i == a.Length || i == b.Length)
        {
            return a.Length.CompareTo(b.Length);
        }

        bool highA = char.IsSurrogate(a[i]);
        bool highB = char.IsSurrogate(b[i]);
        return highA == highB ? a[i].CompareTo(b[i]) : highA ? 1 : -1;
    }

    private static bool SameItems(TemplateRun run, ListValue a, ListValue b, int depth)
    {
        if (a.Count != b.Count || a.Form != b.Form)
        {
            return false;
        }

        for (int i = 0; i < a.Count; i++)
        {
            if (!Same(run, a.Items[i], b.Items[i], depth))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameEntries(TemplateRun run, MapValue a, MapValue b, int depth)
    {
        if (a.Count != b.Count)
        {
            return false;
        }

        for (int i = 0; i < a.Count; i++)
        {
            if (!b.TryGet(a[i].Key, out TemplateValue other) || !Same(run, a[i].Value, other, depth))
            {
                return false;
            }
        }

        return true;
    }

    private static int CompareItems(TemplateRun run, ListValue a, ListValue b, int depth)
    {
        for (int i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            if (!Same(run, a.Items[i], b.Items[i], depth))
            {
                return Compare(run, a.Items[i], b.Items[i], depth);
            }
        }

        return a.Count.CompareTo(b.Count);
    }
}
