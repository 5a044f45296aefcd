using System.Text.Json;

namespace Sputnik.Text;

/// <summary>A function that the model may ask to be called.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does; "" where nothing was said.</param>
/// <param name="Parameters">JSON Schema of its arguments.</param>
public sealed record ToolDefinition(string Name, string Description, JsonElement Parameters)
{
    /// <summary>Whether arguments must be valid under <see cref="Parameters"/>: they are then drawn so, or the request is refused.</summary>
    public bool Strict { get; init; }
}
