using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Sputnik.Models;

/// <summary>
/// Reads a record from JSON over its own defaults. The JSON source generator sets every init-only property, so a key that is
/// left out would become zero or null instead of the default the record declares.
/// </summary>
public static class JsonDefaults
{
    /// <summary>The record that <paramref name="given"/> describes; what it leaves out is taken from <paramref name="defaults"/>.</summary>
    /// <param name="defaults">A record with every default; its required properties count for nothing.</param>
    /// <param name="given">The JSON as read.</param>
    /// <param name="type">The record's contract.</param>
    /// <exception cref="JsonException">A required key is missing, a value has the wrong type, or a key is unknown where that is an error.</exception>
    public static T Read<T>(T defaults, JsonNode given, JsonTypeInfo<T> type)
        where T : class
    {
        if (JsonSerializer.SerializeToNode(defaults, type) is not JsonObject merged || given is not JsonObject changes)
        {
            throw new JsonException("An object in braces is needed.");
        }

        ForgetRequired(merged, type);
        Overlay(merged, changes);
        return merged.Deserialize(type) ?? throw new JsonException("The value is null.");
    }

    // A required property has no default: its absence must be found out.
    private static void ForgetRequired(JsonObject node, JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (node[property.Name] is JsonObject inner)
            {
                ForgetRequired(inner, type.Options.GetTypeInfo(property.PropertyType));
            }
            else if (property.IsRequired)
            {
                node.Remove(property.Name);
            }
        }
    }

    private static void Overlay(JsonObject onto, JsonObject changes)
    {
        foreach ((string key, JsonNode? value) in changes)
        {
            if (value is JsonObject inner && onto[key] is JsonObject below)
            {
                Overlay(below, inner);
            }
            else
            {
                onto[key] = value?.DeepClone();
            }
        }
    }
}
