namespace Sputnik.Text.Templates;

/// <summary>sort, dictsort, unique, groupby, min, max: letters of either case are the same unless asked otherwise.</summary>
internal static class OrderFilters
{
    public static Dictionary<string, Method> All { get; } = new()
    {
        ["sort"] = Sort,
        ["dictsort"] = SortEntries,
        ["unique"] = Unique,
        ["groupby"] = GroupBy,
        ["min"] = (run, self, a) => Extreme(run, self, a, -1),
        ["max"] = (run, self, a) => Extreme(run, self, a, 1),
    };

    private static TemplateValue Sort(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        bool descending = arguments.Bool(0, "reverse", otherwise: false);
        TemplateValue attribute = arguments.Find(2, "attribute") ?? TemplateValue.None;
        bool caseSensitive = arguments.Bool(1, "case_sensitive", otherwise: false);
        List<TemplateValue> items = Sequence.Items(run, self);
        List<TemplateValue> keys = [.. items.Select(item => Key(run, item, attribute, caseSensitive))];
        return TemplateValue.Of(new ListValue(Sorted(run, items, keys, descending)), self.FromInput);
    }

    private static TemplateValue SortEntries(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        bool caseSensitive = arguments.Bool(0, "case_sensitive", otherwise: false);
        string by = arguments.Text(run, 1, "by", "key").Text;
        bool descending = arguments.Bool(2, "reverse", otherwise: false);
        if (self.Kind != ValueKind.Map || by is not ("key" or "value"))
        {
            throw run.Error($"dictsort takes a dict, by 'key' or 'value', got {PythonText.TypeName(self)} by '{by}'.");
        }

        List<TemplateValue> items = MapMethods.Items(self.Map);
        List<TemplateValue> keys = [.. items.Select(item => Key(run, item.List.Items[by == "key" ? 0 : 1], TemplateValue.None, caseSensitive))];
        return TemplateValue.Of(new ListValue(Sorted(run, items, keys, descending)), self.FromInput);
    }

    private static TemplateValue Unique(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        bool caseSensitive = arguments.Bool(0, "case_sensitive", otherwise: false);
        TemplateValue attribute = arguments.Find(1, "attribute") ?? TemplateValue.None;
        HashSet<MapKey> seen = [];
        List<TemplateValue> kept = [];
        foreach (TemplateValue item in Sequence.Items(run, self))
        {
            if (seen.Add(MapKey.Of(run, Key(run, item, attribute, caseSensitive))))
            {
                kept.Add(item);
            }
        }

        return TemplateValue.Of(new ListValue(kept, ListForm.Generator), self.FromInput);
    }

    private static TemplateValue GroupBy(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        TemplateValue attribute = arguments.Need(run, 0, "attribute");
        TemplateValue? otherwise = arguments.Find(1, "default");
        bool caseSensitive = arguments.Bool(2, "case_sensitive", otherwise: false);
        List<TemplateValue> items = Sequence.Items(run, self);
        List<TemplateValue> keys = [.. items.Select(item => Key(run, item, attribute, caseSensitive, otherwise))];
        List<TemplateValue> groups = [];
        List<TemplateValue> group = [];
        TemplateValue last = default;
        foreach (int i in Places(run, keys, descending: false))
        {
            if (groups.Count == 0 || !Order.Same(run, last, keys[i]))
            {
                group = [];
                TemplateValue label = Key(run, items[i], attribute, caseSensitive: true, otherwise);
                groups.Add(TemplateValue.Of(new ListValue([label, TemplateValue.Of(new ListValue(group), self.FromInput)], ListForm.Tuple)));
                last = keys[i];
            }

            group.Add(items[i]);
        }

        return TemplateValue.Of(new ListValue(groups), self.FromInput);
    }

    private static TemplateValue Extreme(TemplateRun run, TemplateValue self, Arguments arguments, int sign)
    {
        bool caseSensitive = arguments.Bool(0, "case_sensitive", otherwise: false);
        TemplateValue attribute = arguments.Find(1, "attribute") ?? TemplateValue.None;
        TemplateValue best = TemplateValue.Undefined(new("There is no item in an empty sequence"));
        TemplateValue bestKey = default;
        foreach (TemplateValue item in Sequence.Items(run, self))
        {
            TemplateValue key = Key(run, item, attribute, caseSensitive);
            if (best.Kind == ValueKind.Undefined || Order.Compare(run, key, bestKey) * sign > 0)
            {
                (best, bestKey) = (item, key);
            }
        }

        return best;
    }

    private static TemplateValue Key(TemplateRun run, TemplateValue item, TemplateValue attribute, bool caseSensitive, TemplateValue? otherwise = null)
    {
        TemplateValue key = attribute.Kind == ValueKind.None ? item : Members.Path(run, item, attribute);
        key = key.Kind == ValueKind.Undefined ? otherwise ?? key : key;
        if (caseSensitive || key.Kind != ValueKind.Text)
        {
            return key;
        }

        run.Charge(key.Text.Length);
        return TemplateValue.Of(key.Text.With(key.Text.Text.ToLowerInvariant()));
    }

    private static List<TemplateValue> Sorted(TemplateRun run, List<TemplateValue> items, List<TemplateValue> keys, bool descending) =>
        [.. Places(run, keys, descending).Select(i => items[i])];

    // Stable in both directions, as Python's: equal keys keep their order. Merge sort, for it never compares a key with itself.
    private static int[] Places(TemplateRun run, List<TemplateValue> keys, bool descending)
    {
        int[] from = [.. Enumerable.Range(0, keys.Count)];
        int[] to = new int[from.Length];
        for (int width = 1; width < from.Length; width *= 2)
        {
            for (int begin = 0; begin < from.Length; begin += 2 * width)
            {
                int middle = Math.Min(begin + width, from.Length);
                int end = Math.Min(begin + (2 * width), from.Length);
                int left = begin;
                int right = middle;
                for (int i = begin; i < end; i++)
                {
                    bool takesRight = left == middle || (right < end && Before(run, keys[from[right]], keys[from[left]], descending));
                    to[i] = from[takesRight ? right++ : left++];
                }
            }

            (from, to) = (to, from);
        }

        return from;
    }

    private static bool Before(TemplateRun run, TemplateValue a, TemplateValue b, bool descending) =>
        descending ? Order.Compare(run, a, b) > 0 : Order.Compare(run, a, b) < 0;
}
