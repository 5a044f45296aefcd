using System.Text.Json;

namespace Sputnik.Server;

/// <summary>Fields that are a string or something else.</summary>
internal static class StringFields
{
    /// <summary>A string, several, or none.</summary>
    public static IReadOnlyList<string> OneOrMany(string param, JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => [],
        { ValueKind: JsonValueKind.String } one => [one.GetString() ?? ""],
        { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray().Select(item => Text(param, item))],
        _ => throw ApiException.Invalid(param, $"{param} must be a string or an array of strings."),
    };

    public static string Text(string param, JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString() ?? ""
        : throw ApiException.Invalid(param, $"{param} must be a string.");

    /// <summary>A property that is a string; null where it is missing or null.</summary>
    public static string? Find(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
