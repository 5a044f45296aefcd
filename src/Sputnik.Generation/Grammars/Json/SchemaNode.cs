using System.Text.Json;

namespace Sputnik.Generation.Grammars;

/// <summary>A schema and where it stands in its document.</summary>
/// <param name="Element">The schema.</param>
/// <param name="Pointer">Its JSON pointer, "#" for the whole document.</param>
internal readonly record struct SchemaNode(JsonElement Element, string Pointer)
{
    /// <summary>A keyword's value as a schema; null where the keyword is absent.</summary>
    public SchemaNode? Child(string keyword) => Get(keyword) is JsonElement value ? new(value, $"{Pointer}/{keyword}") : null;

    /// <summary>The values of a keyword that lists schemas.</summary>
    public List<SchemaNode> Children(string keyword)
    {
        SchemaNode? list = Child(keyword);
        if (list is not SchemaNode schemas)
        {
            return [];
        }

        return schemas.Element.ValueKind == JsonValueKind.Array
            ? [.. schemas.Element.EnumerateArray().Select((element, i) => new SchemaNode(element, $"{schemas.Pointer}/{i}"))]
            : throw schemas.Malformed("a list of schemas");
    }

    /// <summary>A keyword's value; null where it is absent.</summary>
    public JsonElement? Get(string keyword) =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(keyword, out JsonElement value) ? value : null;

    /// <summary>Whether a keyword is there.</summary>
    public bool Has(string keyword) => Get(keyword) is not null;

    /// <summary>A keyword's text; null where it is absent.</summary>
    public string? Text(string keyword) => Child(keyword) is not SchemaNode child ? null
        : child.Element.ValueKind == JsonValueKind.String ? child.Element.GetString() : throw child.Malformed("a text");

    /// <summary>A keyword's whole number; null where it is absent.</summary>
    public long? Whole(string keyword) => Child(keyword) is not SchemaNode child ? null
        : child.Element.ValueKind != JsonValueKind.Number ? throw child.Malformed("a number")
        : child.Element.TryGetInt64(out long whole) ? whole
        : child.Element.TryGetDecimal(out decimal number) && decimal.Truncate(number) == number && Math.Abs(number) < long.MaxValue ? (long)number
        : throw child.Unsupported("with a fraction");

    /// <summary>A keyword's count, from 0; null where it is absent.</summary>
    public int? Count(string keyword) => Whole(keyword) is not long count ? null
        : count is >= 0 and <= int.MaxValue ? (int)count : throw new ArgumentException($"{Pointer}/{keyword} is {count}; a count of 0 or more is right.");

    /// <summary>The error of a value that is not what its keyword takes.</summary>
    public ArgumentException Malformed(string right) => new($"{Pointer} in the schema is {Element.ValueKind}; {right} is right.");

    /// <summary>The error of something that is not built.</summary>
    public NotSupportedException Unsupported(string how = "") => new($"{Pointer} in the schema is not supported{(how.Length == 0 ? "" : " " + how)}.");
}
