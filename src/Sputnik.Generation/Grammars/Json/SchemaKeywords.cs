using System.Collections.Frozen;
using System.Text.Json;

namespace Sputnik.Generation.Grammars;

/// <summary>The keywords of JSON Schema (2020-12) that are built, and those that say nothing about a text.</summary>
internal static class SchemaKeywords
{
    private static readonly FrozenSet<string> Silent = FrozenSet.Create(
        "title", "description", "default", "examples", "example", "deprecated", "readOnly", "writeOnly", "$schema", "$id", "$comment", "$defs", "definitions");

    private static readonly FrozenSet<string> Built = FrozenSet.Create(
        "$ref", "type", "nullable", "enum", "const", "anyOf", "oneOf", "allOf",
        "properties", "required", "additionalProperties", "items", "prefixItems", "minItems", "maxItems", "uniqueItems",
        "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

    /// <summary>The keywords of a schema that say something.</summary>
    /// <exception cref="NotSupportedException">One of them is not built.</exception>
    public static List<string> Of(SchemaNode schema)
    {
        List<string> keywords = [];
        foreach (JsonProperty property in schema.Element.EnumerateObject())
        {
            bool silent = Silent.Contains(property.Name) || (property.Name == "uniqueItems" && property.Value.ValueKind == JsonValueKind.False);
            if (!silent && (!Built.Contains(property.Name) || property.Name == "uniqueItems"))
            {
                throw new SchemaNode(property.Value, $"{schema.Pointer}/{property.Name}").Unsupported();
            }

            if (!silent)
            {
                keywords.Add(property.Name);
            }
        }

        return keywords;
    }

    /// <summary>Refuses all keywords of a schema but the given ones.</summary>
    public static void Only(SchemaNode schema, IEnumerable<string> keywords, params ReadOnlySpan<string> allowed)
    {
        foreach (string keyword in keywords)
        {
            if (!allowed.Contains(keyword))
            {
                throw (schema.Child(keyword) ?? schema).Unsupported($"beside '{allowed[0]}'");
            }
        }
    }

    /// <summary>The type that keywords speak of, for a schema that names none; null where they speak of none.</summary>
    public static string? TypeOf(IEnumerable<string> keywords)
    {
        foreach (string keyword in keywords)
        {
            switch (keyword)
            {
                case "properties" or "required" or "additionalProperties":
                    return "object";
                case "items" or "prefixItems" or "minItems" or "maxItems":
                    return "array";
                case "minLength" or "maxLength" or "pattern" or "format":
                    return "string";
                case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                    return "number";
            }
        }

        return null;
    }
}
