namespace Sputnik.Text.Templates;

/// <summary>The filters that look at a sequence as a whole.</summary>
internal static class ListFilters
{
    private static readonly MissingName NoItem = new("There is no item in an empty sequence");

    public static Dictionary<string, Method> All { get; } = new()
    {
        ["length"] = Length,
        ["count"] = Length,
        ["list"] = (run, self, _) => TemplateValue.Of(new ListValue(Sequence.Items(run, self)), IsInput(self)),
        ["first"] = (run, self, _) => Sequence.Items(run, self) is [TemplateValue first, ..] ? first : TemplateValue.Undefined(NoItem),
        ["last"] = (run, self, _) => Sequence.Items(run, self) is [.., TemplateValue last] ? last : TemplateValue.Undefined(NoItem),
        ["join"] = Join,
        ["reverse"] = Reverse,
        ["items"] = Items,
        ["default"] = Default,
        ["d"] = Default,
        ["attr"] = Attribute,
        ["sum"] = Sum,
        ["batch"] = Batch,
        ["slice"] = Slice,
    };

    /// <summary>What holds the items of an input sequence together is input too; a text's characters know for themselves.</summary>
    public static bool IsInput(TemplateValue value) => value.FromInput;

    private static TemplateValue Length(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        switch (self.Kind)
        {
            case ValueKind.Text:
                run.Charge(self.Text.Length);
                return TemplateValue.Of((long)Characters.Count(self.Text.Text));
            case ValueKind.List when self.List.Form != ListForm.Generator:
                return TemplateValue.Of((long)self.List.Count);
            case ValueKind.Map:
                return TemplateValue.Of((long)self.Map.Count);
            case ValueKind.Undefined:
                return TemplateValue.Of(0L);
            default:
                throw run.Error($"A {PythonText.TypeName(self)} has no length.");
        }
    }

    private static TemplateValue Join(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        TrackedText separator = PythonText.Of(run, arguments.Find(0, "d") ?? TemplateValue.Of(TrackedText.Empty));
        List<TemplateValue> items = Sequence.Items(run, self);
        if (arguments.Find(1, "attribute") is { Kind: not ValueKind.None } attribute)
        {
            items = [.. items.Select(item => Members.Path(run, item, attribute))];
        }

        return TemplateValue.Of(TextOperations.Join(run, separator, items));
    }

    private static TemplateValue Reverse(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        if (self.Kind == ValueKind.Text)
        {
            return Sequence.Slice(run, self, null, null, -1);
        }

        List<TemplateValue> items = Sequence.Items(run, self);
        items.Reverse();
        return TemplateValue.Of(new ListValue(items, ListForm.Generator), IsInput(self));
    }

    private static TemplateValue Items(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        List<TemplateValue> items = self.Kind switch
        {
            ValueKind.Map => MapMethods.Items(self.Map),
            ValueKind.Undefined => [],
            _ => throw run.Error($"items takes a dict, got {PythonText.TypeName(self)}."),
        };
        run.ChargeItems(items.Count);
        return TemplateValue.Of(new ListValue(items, ListForm.Generator), self.FromInput);
    }

    private static TemplateValue Default(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        bool replaced = self.Kind == ValueKind.Undefined || (arguments.Bool(1, "boolean", otherwise: false) && !Truth.Of(self));
        return replaced ? arguments.Find(0, "default_value") ?? TemplateValue.Of(TrackedText.Empty) : self;
    }

    private static TemplateValue Attribute(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        string name = arguments.NeedText(run, 0, "name").Text;
        return self.Kind == ValueKind.Undefined ? self
            : Methods.Named(name).For(self.Kind) is { } method ? TemplateValue.Of(new BoundMethod(name, self, method))
            : self.Kind == ValueKind.Map ? TemplateValue.Undefined(new($"A dict has no attribute '{name}'"))
            : Members.Item(run, self, arguments.Need(run, 0, "name"));
    }

    private static TemplateValue Sum(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        TemplateValue attribute = arguments.Find(0, "attribute") ?? TemplateValue.None;
        TemplateValue sum = arguments.Find(1, "start") ?? TemplateValue.Of(0L);
        foreach (TemplateValue item in Sequence.Items(run, self))
        {
            sum = Arithmetic.Apply(run, ArithmeticOperator.Add, sum, attribute.Kind == ValueKind.None ? item : Members.Path(run, item, attribute));
        }

        return sum;
    }

    private static TemplateValue Batch(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        int size = arguments.Int(run, 0, "linecount", 0);
        TemplateValue fill = arguments.Find(1, "fill_with") ?? TemplateValue.None;
        if (size < 1)
        {
            throw run.Error($"batch takes a positive size, got {size}.");
        }

        List<TemplateValue> batches = [];
        foreach (TemplateValue[] batch in Sequence.Items(run, self).Chunk(size))
        {
            List<TemplateValue> row = [.. batch];
            Fill(run, row, fill, size);
            batches.Add(TemplateValue.Of(new ListValue(row), IsInput(self)));
        }

        return TemplateValue.Of(new ListValue(batches, ListForm.Generator), IsInput(self));
    }

    private static TemplateValue Slice(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        int count = arguments.Int(run, 0, "slices", 0);
        TemplateValue fill = arguments.Find(1, "fill_with") ?? TemplateValue.None;
        if (count < 1)
        {
            throw run.Error($"slice takes a positive number of slices, got {count}.");
        }

        run.CheckItems(count);
        run.ChargeItems(count);
        List<TemplateValue> items = Sequence.Items(run, self);
        int shortest = items.Count / count;
        int longer = items.Count % count;
        List<TemplateValue> slices = [];
        for (int i = 0; i < count; i++)
        {
            int from = (i * shortest) + Math.Min(i, longer);
            List<TemplateValue> part = items.GetRange(from, shortest + (i < longer ? 1 : 0));
            Fill(run, part, fill, longer > 0 && i >= longer ? shortest + 1 : 0);
            slices.Add(TemplateValue.Of(new ListValue(part), IsInput(self)));
        }

        return TemplateValue.Of(new ListValue(slices, ListForm.Generator), IsInput(self));
    }

    private static void Fill(TemplateRun run, List<TemplateValue> row, TemplateValue fill, int size)
    {
        if (fill.Kind == ValueKind.None)
        {
            return;
        }

        run.CheckItems(size);
        run.ChargeItems(Math.Max(0, size - row.Count));
        while (row.Count < size)
        {
            row.Add(fill);
        }
    }
}
