namespace Sputnik.Text.Templates;

/// <summary>map, select, reject and their like: one item after another.</summary>
internal static class SelectionFilters
{
    public static Dictionary<string, Method> All { get; } = new()
    {
        ["map"] = Map,
        ["select"] = (run, self, a) => Select(run, self, a, keeps: true, byAttribute: false),
        ["reject"] = (run, self, a) => Select(run, self, a, keeps: false, byAttribute: false),
        ["selectattr"] = (run, self, a) => Select(run, self, a, keeps: true, byAttribute: true),
        ["rejectattr"] = (run, self, a) => Select(run, self, a, keeps: false, byAttribute: true),
    };

    private static TemplateValue Map(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        List<TemplateValue> items = Items(run, self);
        List<TemplateValue> mapped = new(items.Count);
        if (arguments.Positional.Length == 0)
        {
            TemplateValue attribute = arguments.Need(run, 0, "attribute");
            TemplateValue? otherwise = arguments.Find(int.MaxValue, "default");
            foreach (TemplateValue item in items)
            {
                TemplateValue value = Members.Path(run, item, attribute);
                mapped.Add(value.Kind == ValueKind.Undefined ? otherwise ?? value : value);
            }
        }
        else
        {
            Method filter = FilterTable.Named(run, arguments.NeedText(run, 0, "filter").Text);
            Arguments rest = arguments.Tail();
            run.EnterCall();
            foreach (TemplateValue item in items)
            {
                mapped.Add(filter(run, item, rest));
            }

            run.LeaveCall();
        }

        return TemplateValue.Of(new ListValue(mapped, ListForm.Generator), self.FromInput);
    }

    // The arguments are the attribute, if by attribute, then a test and its arguments; without a test the truth counts.
    private static TemplateValue Select(TemplateRun run, TemplateValue self, Arguments arguments, bool keeps, bool byAttribute)
    {
        TemplateValue attribute = byAttribute ? arguments.Need(run, 0, "attribute") : TemplateValue.None;
        Arguments rest = byAttribute && arguments.Positional.Length > 0 ? arguments.Tail() : arguments;
        Func<TemplateRun, TemplateValue, Arguments, bool>? test = null;
        if (rest.Positional.Length > 0)
        {
            test = TestTable.Named(run, rest.NeedText(run, 0, "test").Text);
            rest = rest.Tail();
        }

        List<TemplateValue> kept = [];
        foreach (TemplateValue item in Items(run, self))
        {
            TemplateValue looked = byAttribute ? Members.Path(run, item, attribute) : item;
            if ((test?.Invoke(run, looked, rest) ?? Truth.Of(looked)) == keeps)
            {
                kept.Add(item);
            }
        }

        return TemplateValue.Of(new ListValue(kept, ListForm.Generator), self.FromInput);
    }

    // As in Jinja, what is false has no items, whether or not it could be iterated.
    private static List<TemplateValue> Items(TemplateRun run, TemplateValue self) => Truth.Of(self) ? Sequence.Items(run, self) : [];
}
