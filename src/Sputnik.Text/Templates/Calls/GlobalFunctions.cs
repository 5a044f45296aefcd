using System.Collections.Frozen;

namespace Sputnik.Text.Templates;

/// <summary>The functions that Jinja and Hugging Face transformers give every chat template.</summary>
internal static class GlobalFunctions
{
    public static FrozenDictionary<string, GlobalFunction> All { get; } = new GlobalFunction[]
    {
        new("range", Range),
        new("namespace", Namespace),
        new("dict", Dict),
        new("raise_exception", RaiseException),
        new("strftime_now", StrftimeNow),
    }.ToFrozenDictionary(function => function.Name);

    private static TemplateValue Range(TemplateRun run, Arguments arguments)
    {
        long[] bounds = [.. arguments.Positional.Select(a => a.IsInteger ? a.Int : throw run.Error($"range takes integers, got {PythonText.TypeName(a)}."))];
        if (bounds.Length is < 1 or > 3 || arguments.Named.Length > 0)
        {
            throw run.Error("range takes one to three integers.");
        }

        (long from, long to) = bounds.Length == 1 ? (0, bounds[0]) : (bounds[0], bounds[1]);
        long step = bounds.Length == 3 ? bounds[2] : 1;
        if (step == 0)
        {
            throw run.Error("range takes a step other than 0.");
        }

        Int128 distance = step > 0 ? (Int128)to - from : (Int128)from - to;
        Int128 count = distance <= 0 ? 0 : ((distance - 1) / Int128.Abs(step)) + 1;
        run.CheckItems((long)Int128.Min(count, long.MaxValue));
        run.ChargeItems((int)count);
        List<TemplateValue> items = new((int)count);
        for (int i = 0; i < (int)count; i++)
        {
            items.Add(TemplateValue.Of(from + (i * step)));
        }

        string display = step == 1 ? $"range({from}, {to})" : $"range({from}, {to}, {step})";
        return TemplateValue.Of(new ListValue(items, ListForm.Range) { Display = display }, arguments.Positional.Any(a => a.FromInput));
    }

    private static TemplateValue Namespace(TemplateRun run, Arguments arguments) => TemplateValue.NamespaceOf(Gather(run, arguments));

    private static TemplateValue Dict(TemplateRun run, Arguments arguments) => TemplateValue.Of(Gather(run, arguments));

    private static MapValue Gather(TemplateRun run, Arguments arguments)
    {
        MapValue map = new();
        foreach (TemplateValue given in arguments.Positional)
        {
            if (given.Kind != ValueKind.Map)
            {
                throw run.Error($"A dict is made of keywords and dicts, got {PythonText.TypeName(given)}.");
            }

            run.ChargeItems(given.Map.Count);
            for (int i = 0; i < given.Map.Count; i++)
            {
                map.Set(given.Map[i].Key, given.Map[i].Name, given.Map[i].Value);
            }
        }

        foreach ((string name, TemplateValue value) in arguments.Named)
        {
            map.Set(name, value);
        }

        return map;
    }

    private static TemplateValue RaiseException(TemplateRun run, Arguments arguments)
    {
        TrackedText message = PythonText.Of(run, arguments.Need(run, 0, "message"));
        throw TemplateException.Raised(message.Text, run.Line);
    }

    private static TemplateValue StrftimeNow(TemplateRun run, Arguments arguments) =>
        TemplateValue.Of(TimeFormat.Print(run, arguments.NeedText(run, 0, "format"), run.Clock.GetLocalNow()));
}
