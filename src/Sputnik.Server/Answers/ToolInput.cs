using System.Text.Json;

namespace Sputnik.Server;

/// <summary>A call's arguments as JSON, which Anthropic and Ollama want where OpenAI has a string.</summary>
internal static class ToolInput
{
    /// <summary>The object; where a model wrote none, its text under one name.</summary>
    public static JsonElement Of(string arguments)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(arguments);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            using Json json = new Json().Object().Set("unparsed", arguments).End();
            using JsonDocument document = JsonDocument.Parse(json.ToArray());
            return document.RootElement.Clone();
        }
    }
}
