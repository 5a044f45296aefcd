using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>OpenAI's tools and tool_choice.</summary>
internal static class ToolFields
{
    // A function without parameters takes none.
    private static readonly JsonElement NoParameters = JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement.Clone();

    public static IReadOnlyList<ToolDefinition> Read(IReadOnlyList<ChatTool>? given, RequestChecks checks)
    {
        IReadOnlyList<ChatTool> tools = RequestChecks.Items("tools", given);
        checks.Tools("tools", tools.Count);
        return [.. tools.Select((tool, index) => Define($"tools[{index}]", tool.Type, tool.Function, checks))];
    }

    public static ToolDefinition Define(string param, string? type, ChatFunction? function, RequestChecks checks)
    {
        if (type is not (null or "function"))
        {
            throw ApiException.Unsupported($"{param}.type", $"{param}.type must be function; this server has no tools of its own.");
        }

        string name = function?.Name is { Length: > 0 and <= 64 } given && given.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            ? given
            : throw ApiException.Invalid($"{param}.function.name", "A function's name has 1 to 64 letters, digits, '_', '-' or '.'.");
        JsonElement parameters = function.Parameters is { ValueKind: JsonValueKind.Object } schema ? schema : NoParameters;
        checks.Schema($"{param}.function.parameters", parameters);
        return new(name, function.Description ?? "", parameters) { Strict = function.Strict == true };
    }

    public static ToolChoice Choice(JsonElement? choice) => choice switch
    {
        null or { ValueKind: JsonValueKind.Null } => new(ToolChoiceMode.Auto),
        { ValueKind: JsonValueKind.String } word => word.GetString() switch
        {
            "auto" => new(ToolChoiceMode.Auto),
            "none" => new(ToolChoiceMode.None),
            "required" => new(ToolChoiceMode.Required),
            _ => throw Wrong(),
        },
        { ValueKind: JsonValueKind.Object } named when StringFields.Find(named, "type") == "function" =>
            new(ToolChoiceMode.Required, Name(named) ?? throw Wrong()),
        _ => throw Wrong(),
    };

    private static string? Name(JsonElement choice) =>
        choice.TryGetProperty("function", out JsonElement function) ? StringFields.Find(function, "name") : StringFields.Find(choice, "name");

    private static ApiException Wrong() => ApiException.Invalid("tool_choice", "tool_choice must be auto, none, required or a function's name.");
}
