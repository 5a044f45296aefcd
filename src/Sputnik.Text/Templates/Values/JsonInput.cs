using System.Text.Json;

namespace Sputnik.Text.Templates;

/// <summary>JSON as Python's json.loads reads it, all of it marked as input and frozen.</summary>
internal static class JsonInput
{
    public static TemplateValue Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                MapValue map = new();
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    map.Set(property.Name, Read(property.Value), fromInput: true);
                }

                return TemplateValue.Of(map.Freeze(), fromInput: true);
            case JsonValueKind.Array:
                List<TemplateValue> items = new(element.GetArrayLength());
                foreach (JsonElement item in element.EnumerateArray())
                {
                    items.Add(Read(item));
                }

                return TemplateValue.Of(new ListValue(items, frozen: true), fromInput: true);
            case JsonValueKind.String:
                return TemplateValue.Input(element.GetString() ?? "");
            case JsonValueKind.Number:
                return Number(element).From(fromInput: true);
            case JsonValueKind.True or JsonValueKind.False:
                return TemplateValue.Of(element.GetBoolean()).From(fromInput: true);
            case JsonValueKind.Null:
                return TemplateValue.None.From(fromInput: true);
            default:
                throw new ArgumentException("The JSON element is undefined: it belongs to no document.", nameof(element));
        }
    }

    // Python tells integers by how they are written: 1.0 and 1e3 are floats.
    private static TemplateValue Number(JsonElement element) =>
        element.TryGetInt64(out long integer) && element.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0
            ? TemplateValue.Of(integer)
            : TemplateValue.Of(element.GetDouble());
}
