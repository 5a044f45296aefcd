using System.Collections.Frozen;

namespace Sputnik.Text.Templates;

/// <summary>The methods of a dict.</summary>
internal static class MapMethods
{
    public static FrozenDictionary<string, Method> All { get; } = new Dictionary<string, Method>
    {
        ["get"] = Get,
        ["items"] = (run, self, _) => View(run, self, Items(self.Map), "dict_items("),
        ["keys"] = (run, self, _) => View(run, self, Sequence.Keys(self.Map), "dict_keys("),
        ["values"] = (run, self, _) => View(run, self, Values(self.Map), "dict_values("),
        ["copy"] = (run, self, _) => TemplateValue.Of(Copy(run, self.Map), self.FromInput),
        ["update"] = Update,
        ["pop"] = Pop,
        ["setdefault"] = SetDefault,
    }.ToFrozenDictionary();

    /// <summary>(key, value) of each entry.</summary>
    public static List<TemplateValue> Items(MapValue map)
    {
        List<TemplateValue> items = new(map.Count);
        for (int i = 0; i < map.Count; i++)
        {
            items.Add(TemplateValue.Of(new ListValue([map[i].Name, map[i].Value], ListForm.Tuple)));
        }

        return items;
    }

    private static List<TemplateValue> Values(MapValue map)
    {
        List<TemplateValue> values = new(map.Count);
        for (int i = 0; i < map.Count; i++)
        {
            values.Add(map[i].Value);
        }

        return values;
    }

    private static TemplateValue View(TemplateRun run, TemplateValue self, List<TemplateValue> items, string display)
    {
        run.ChargeItems(items.Count);
        return TemplateValue.Of(new ListValue(items, ListForm.View) { Display = display }, self.FromInput);
    }

    private static TemplateValue Get(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        MapKey key = MapKey.Of(run, arguments.Need(run, 0, "key"));
        return self.Map.TryGet(key, out TemplateValue value) ? value : arguments.Find(1, "default") ?? TemplateValue.None;
    }

    private static MapValue Copy(TemplateRun run, MapValue map)
    {
        run.ChargeItems(map.Count);
        MapValue copy = new();
        for (int i = 0; i < map.Count; i++)
        {
            copy.Set(map[i].Key, map[i].Name, map[i].Value);
        }

        return copy;
    }

    private static TemplateValue Update(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        MapValue map = Own(run, self);
        foreach (TemplateValue given in arguments.Positional)
        {
            MapValue other = given.Kind == ValueKind.Map ? Copy(run, given.Map) : throw run.Error($"update takes a dict, got {PythonText.TypeName(given)}.");
            for (int i = 0; i < other.Count; i++)
            {
                map.Set(other[i].Key, other[i].Name, other[i].Value);
            }
        }

        foreach ((string name, TemplateValue value) in arguments.Named)
        {
            map.Set(name, value);
        }

        run.CheckItems(map.Count);
        return TemplateValue.None;
    }

    private static TemplateValue Pop(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        MapValue map = Own(run, self);
        run.ChargeItems(map.Count);
        TemplateValue key = arguments.Need(run, 0, "key");
        return map.Remove(MapKey.Of(run, key), out TemplateValue value) ? value
            : arguments.Find(1, "default") ?? throw run.Error("pop found no such key.");
    }

    private static TemplateValue SetDefault(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        TemplateValue name = arguments.Need(run, 0, "key");
        MapKey key = MapKey.Of(run, name);
        if (self.Map.TryGet(key, out TemplateValue value))
        {
            return value;
        }

        TemplateValue otherwise = arguments.Find(1, "default") ?? TemplateValue.None;
        Own(run, self).Set(key, name, otherwise);
        run.CheckItems(self.Map.Count);
        return otherwise;
    }

    private static MapValue Own(TemplateRun run, TemplateValue self) =>
        self.Map.IsFrozen ? throw run.Error("A dict that came with the input cannot be changed.") : self.Map;
}
