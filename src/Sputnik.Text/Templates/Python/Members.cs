namespace Sputnik.Text.Templates;

/// <summary>What stands behind a dot and between brackets.</summary>
internal static class Members
{
    public static TemplateValue Attribute(TemplateRun run, TemplateValue value, string name, Methods.Set methods, MissingName missing)
    {
        if (value.Kind == ValueKind.Undefined)
        {
            throw run.Error(value.Missing + ".");
        }

        if (methods.For(value.Kind) is { } method)
        {
            return TemplateValue.Of(new BoundMethod(name, value, method));
        }

        return Entry(value, name) ?? TemplateValue.Undefined(missing);
    }

    public static TemplateValue Item(TemplateRun run, TemplateValue value, TemplateValue index)
    {
        if (value.Kind == ValueKind.Undefined)
        {
            throw run.Error(value.Missing + ".");
        }

        TemplateValue? found = value.Kind switch
        {
            ValueKind.Map when IsKey(index) => value.Map.TryGet(MapKey.Of(run, index), out TemplateValue entry) ? entry : null,
            ValueKind.List when index.IsInteger && value.List.Form is not (ListForm.Generator or ListForm.View) => ListItem(value.List, index.Int),
            ValueKind.Text when index.IsInteger => Character(run, value.Text, index.Int),
            _ when index.Kind == ValueKind.Text => Entry(value, index.Text.Text),
            _ => null,
        };
        if (found is null && index.Kind == ValueKind.Text && Methods.Named(index.Text.Text).For(value.Kind) is { } method)
        {
            return TemplateValue.Of(new BoundMethod(index.Text.Text, value, method));
        }

        return found ?? TemplateValue.Undefined(new($"The {PythonText.TypeName(value)} has no such item"));
    }

    /// <summary>What map(attribute='a.b') and its like look up: names and numbers between dots.</summary>
    public static TemplateValue Path(TemplateRun run, TemplateValue value, TemplateValue path)
    {
        if (path.Kind != ValueKind.Text)
        {
            return Item(run, value, path);
        }

        foreach (string part in path.Text.Text.Split('.'))
        {
            run.Step();
            bool number = part.Length is > 0 and < 10 && part.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
            value = Item(run, value, number ? TemplateValue.Of(long.Parse(part, null)) : TemplateValue.Of(TrackedText.Of(part, fromInput: false)));
        }

        return value;
    }

    private static bool IsKey(TemplateValue index) => index.IsNumber || index.Kind is ValueKind.Text or ValueKind.None;

    private static TemplateValue? Entry(TemplateValue value, string name) => value.Kind switch
    {
        ValueKind.Map or ValueKind.Namespace => value.Map.TryGet(name, out TemplateValue entry) ? entry : null,
        ValueKind.Loop => value.Loop.Get(name),
        ValueKind.Callable when name == "name" => TemplateValue.Trusted(value.Callable.Name),
        _ => null,
    };

    private static TemplateValue? ListItem(ListValue list, long index)
    {
        long at = index < 0 ? index + list.Count : index;
        return at >= 0 && at < list.Count ? list.Items[(int)at] : null;
    }

    private static TemplateValue? Character(TemplateRun run, TrackedText text, long index)
    {
        run.Charge(text.Length);
        int count = Characters.Count(text.Text);
        long at = index < 0 ? index + count : index;
        if (at < 0 || at >= count)
        {
            return null;
        }

        int place = Characters.Place(text.Text, (int)at);
        return TemplateValue.Of(text.Slice(place, Characters.Place(text.Text, (int)at + 1) - place));
    }
}
