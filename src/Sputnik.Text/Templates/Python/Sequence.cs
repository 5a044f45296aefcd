namespace Sputnik.Text.Templates;

/// <summary>The items of what can be iterated, and slices.</summary>
internal static class Sequence
{
    /// <summary>list(value): items, keys of a dict, characters of a text, nothing of an undefined value.</summary>
    public static List<TemplateValue> Items(TemplateRun run, TemplateValue value)
    {
        switch (value.Kind)
        {
            case ValueKind.List:
                run.ChargeItems(value.List.Count);
                return [.. value.List.Items];
            case ValueKind.Map:
                run.ChargeItems(value.Map.Count);
                return Keys(value.Map);
            case ValueKind.Text:
                return CharactersOf(run, value.Text);
            case ValueKind.Undefined:
                return [];
            default:
                throw run.Error($"A {PythonText.TypeName(value)} cannot be iterated.");
        }
    }

    public static bool IsIterable(TemplateValue value) =>
        value.Kind is ValueKind.List or ValueKind.Map or ValueKind.Text or ValueKind.Undefined or ValueKind.Loop;

    public static List<TemplateValue> Keys(MapValue map)
    {
        List<TemplateValue> keys = new(map.Count);
        for (int i = 0; i < map.Count; i++)
        {
            keys.Add(map[i].Name);
        }

        return keys;
    }

    /// <summary>value[start:stop:step] of a list or a text; null is a bound that is not given.</summary>
    public static TemplateValue Slice(TemplateRun run, TemplateValue value, long? start, long? stop, long step)
    {
        if (step == 0)
        {
            throw run.Error("A slice takes a step other than 0.");
        }

        if (value.Kind == ValueKind.Text)
        {
            return TemplateValue.Of(SliceText(run, value.Text, (start, stop, step)));
        }

        if (value.Kind != ValueKind.List || value.List.Form is ListForm.Generator or ListForm.View)
        {
            throw run.Error(value.Kind == ValueKind.Undefined ? value.Missing + "." : $"A {PythonText.TypeName(value)} cannot be sliced.");
        }

        List<TemplateValue> items = value.List.Items;
        (long from, long count) = Bounds(items.Count, start, stop, step);
        run.ChargeItems((int)count);
        List<TemplateValue> part = new((int)count);
        for (long i = 0; i < count; i++)
        {
            part.Add(items[(int)(from + (i * step))]);
        }

        ListForm form = value.List.Form == ListForm.Tuple ? ListForm.Tuple : ListForm.List;
        return TemplateValue.Of(new ListValue(part, form), value.FromInput);
    }

    private static TrackedText SliceText(TemplateRun run, TrackedText text, (long? Start, long? Stop, long Step) range)
    {
        run.Charge(text.Length);
        (long from, long count) = Bounds(Characters.Count(text.Text), range.Start, range.Stop, range.Step);
        if (range.Step == 1)
        {
            int first = Characters.Place(text.Text, (int)from);
            return text.Slice(first, Characters.Place(text.Text, (int)(from + count)) - first);
        }

        int[] places = Characters.Places(text.Text);
        run.ChargeItems((int)count);
        TrackedBuilder builder = new(run);
        for (long i = 0; i < count; i++)
        {
            int at = (int)(from + (i * range.Step));
            builder.Append(text, places[at], places[at + 1] - places[at]);
        }

        return builder.ToText();
    }

    // Python's slice.indices: the first index and how many follow at this step.
    private static (long From, long Count) Bounds(int length, long? start, long? stop, long step)
    {
        long lowest = step > 0 ? 0 : -1;
        long highest = step > 0 ? length : length - 1;
        long from = Clamp(start, step > 0 ? lowest : highest);
        long to = Clamp(stop, step > 0 ? highest : lowest);
        long distance = step > 0 ? to - from : from - to;
        ulong stride = step > 0 ? (ulong)step : (ulong)-(step + 1) + 1;
        return distance <= 0 ? (0, 0) : (from, (long)((((ulong)distance - 1) / stride) + 1));

        long Clamp(long? bound, long otherwise) => bound switch
        {
            null => otherwise,
            < 0 => bound.Value < -length ? lowest : Math.Max(bound.Value + length, lowest),
            _ => Math.Min(bound.Value, highest),
        };
    }

    private static List<TemplateValue> CharactersOf(TemplateRun run, TrackedText text)
    {
        run.ChargeItems(text.Length);
        int[] places = Characters.Places(text.Text);
        List<TemplateValue> characters = new(places.Length - 1);
        for (int i = 0; i + 1 < places.Length; i++)
        {
            characters.Add(TemplateValue.Of(text.Slice(places[i], places[i + 1] - places[i])));
        }

        return characters;
    }
}
