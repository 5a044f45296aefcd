using System.Collections.Frozen;

namespace Sputnik.Text.Templates;

/// <summary>The methods of a list; those that change it are for lists that the template made.</summary>
internal static class ListMethods
{
    public static FrozenDictionary<string, Method> All { get; } = new Dictionary<string, Method>
    {
        ["append"] = Append,
        ["extend"] = Extend,
        ["insert"] = Insert,
        ["pop"] = Pop,
        ["index"] = Index,
        ["count"] = Count,
        ["copy"] = (run, self, _) => TemplateValue.Of(new ListValue(Sequence.Items(run, self)), self.FromInput),
    }.ToFrozenDictionary();

    private static TemplateValue Append(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        List<TemplateValue> items = Own(run, self, 1);
        items.Add(arguments.Need(run, 0, "object"));
        return TemplateValue.None;
    }

    private static TemplateValue Extend(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        List<TemplateValue> more = Sequence.Items(run, arguments.Need(run, 0, "iterable"));
        Own(run, self, more.Count).AddRange(more);
        return TemplateValue.None;
    }

    private static TemplateValue Insert(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        List<TemplateValue> items = Own(run, self, 1);
        run.ChargeItems(items.Count);
        int at = arguments.Int(run, 0, "index", 0);
        items.Insert((int)Math.Clamp(at < 0 ? (long)at + items.Count : at, 0, items.Count), arguments.Need(run, 1, "object"));
        return TemplateValue.None;
    }

    private static TemplateValue Pop(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        List<TemplateValue> items = Own(run, self, 0);
        int index = arguments.Int(run, 0, "index", -1);
        long at = index < 0 ? (long)index + items.Count : index;
        if (at < 0 || at >= items.Count)
        {
            throw run.Error($"pop takes an index of a list of {items.Count}, got {index}.");
        }

        run.ChargeItems(items.Count - (int)at);
        TemplateValue item = items[(int)at];
        items.RemoveAt((int)at);
        return item;
    }

    private static TemplateValue Index(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        TemplateValue wanted = arguments.Need(run, 0, "value");
        int at = self.List.Items.FindIndex(item => Order.Same(run, item, wanted));
        return at >= 0 ? TemplateValue.Of((long)at) : throw run.Error("index found no such item.");
    }

    private static TemplateValue Count(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        TemplateValue wanted = arguments.Need(run, 0, "value");
        return TemplateValue.Of((long)self.List.Items.Count(item => Order.Same(run, item, wanted)));
    }

    private static List<TemplateValue> Own(TemplateRun run, TemplateValue self, int more)
    {
        if (self.List.IsFrozen || self.List.Form != ListForm.List)
        {
            throw run.Error(self.List.IsFrozen ? "A list that came with the input cannot be changed." : $"A {PythonText.TypeName(self)} cannot be changed.");
        }

        run.CheckItems((long)self.List.Count + more);
        return self.List.Items;
    }
}
