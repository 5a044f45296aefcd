using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sputnik.Tests.Generation.Grammars;

/// <summary>Whether a value is valid under a schema: an independent reading of the part of JSON Schema the tests use.</summary>
internal static class SchemaCheck
{
    public static bool Holds(JsonElement root, JsonElement schema, JsonElement value)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return schema.ValueKind == JsonValueKind.True;
        }

        return schema.EnumerateObject().All(keyword => Holds(root, schema, keyword, value));
    }

    private static bool Holds(JsonElement root, JsonElement schema, JsonProperty keyword, JsonElement value)
    {
        JsonElement rule = keyword.Value;
        JsonElement[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];
        JsonProperty[] members = value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject()] : [];
        int length = value.ValueKind == JsonValueKind.String ? value.GetString()!.EnumerateRunes().Count() : -1;
        return keyword.Name switch
        {
            "type" => rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Any(type => Is(type.GetString()!, value)) : Is(rule.GetString()!, value),
            "enum" => rule.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
            "const" => JsonElement.DeepEquals(rule, value),
            "$ref" => Holds(root, Find(root, rule.GetString()!), value),
            "anyOf" or "oneOf" => rule.EnumerateArray().Any(one => Holds(root, one, value)),
            "allOf" => rule.EnumerateArray().All(one => Holds(root, one, value)),
            "properties" => members.All(member => !rule.TryGetProperty(member.Name, out JsonElement one) || Holds(root, one, member.Value)),
            "required" => rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "additionalProperties" => members.All(member => Declares(schema, member.Name) || Holds(root, rule, member.Value)),
            "prefixItems" => items.Zip(rule.EnumerateArray()).All(pair => Holds(root, pair.Second, pair.First)),
            "items" => items.Skip(schema.TryGetProperty("prefixItems", out JsonElement first) ? first.GetArrayLength() : 0).All(item => Holds(root, rule, item)),
            "minItems" => items.Length >= rule.GetInt32(),
            "maxItems" => items.Length <= rule.GetInt32(),
            "minLength" => length < 0 || length >= rule.GetInt32(),
            "maxLength" => length <= rule.GetInt32(),
            "pattern" => length < 0 || Regex.IsMatch(value.GetString()!, rule.GetString()!, RegexOptions.ECMAScript),
            "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= rule.GetDecimal(),
            "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= rule.GetDecimal(),
            "exclusiveMinimum" => value.GetDecimal() > rule.GetDecimal(),
            "exclusiveMaximum" => value.GetDecimal() < rule.GetDecimal(),
            _ => true,
        };
    }

    private static bool Declares(JsonElement schema, string name) => schema.TryGetProperty("properties", out JsonElement all) && all.TryGetProperty(name, out _);

    private static JsonElement Find(JsonElement root, string pointer) =>
        pointer.Split('/').Skip(1).Aggregate(root, (at, name) => at.GetProperty(name));

    private static bool Is(string type, JsonElement value) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number) && decimal.Truncate(number) == number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => string.Equals(value.ValueKind.ToString(), type, StringComparison.OrdinalIgnoreCase),
    };
}
