using System.Text;
using System.Text.Json;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>One message of OpenAI's.</summary>
/// <param name="checks">The limits.</param>
/// <param name="param">What the message is called in errors.</param>
internal sealed class TurnReader(RequestChecks checks, string param)
{
    public ChatMessage Read(ChatTurn turn)
    {
        ChatRole role = Role(turn.Role);
        return new(role, Content(turn.Content, optional: turn.ToolCalls is { Count: > 0 }))
        {
            Thinking = role == ChatRole.Assistant ? turn.ReasoningContent ?? turn.Reasoning : null,
            ToolCalls = [.. RequestChecks.Items($"{param}.tool_calls", turn.ToolCalls).Select(Call)],
            ToolCallId = turn.ToolCallId,
            Name = turn.Name,
        };
    }

    /// <summary>Text of a string or of parts. Only text: nothing is fetched and no image is decoded.</summary>
    public string Content(JsonElement? content, bool optional)
    {
        switch (content)
        {
            case { ValueKind: JsonValueKind.String } text:
                return text.GetString() ?? "";
            case { ValueKind: JsonValueKind.Array } parts:
                return Parts(parts);
            case null or { ValueKind: JsonValueKind.Null } when optional:
                return "";
            default:
                throw ApiException.Invalid($"{param}.content", $"{param}.content must be a string or an array of parts.");
        }
    }

    private string Parts(JsonElement parts)
    {
        checks.Parts($"{param}.content", parts.GetArrayLength());
        var text = new StringBuilder();
        foreach (JsonElement part in parts.EnumerateArray())
        {
            string? type = StringFields.Find(part, "type");
            text.Append(type switch
            {
                "text" or "input_text" or "output_text" => StringFields.Find(part, "text"),
                "refusal" => StringFields.Find(part, "refusal"),
                _ => throw ApiException.Unsupported($"{param}.content", "This server reads text only; the parts may be of the types text and refusal."),
            } ?? throw ApiException.Invalid($"{param}.content", $"A part of {param}.content has no text."));
        }

        return text.ToString();
    }

    private ToolCall Call(ChatToolCall call) => new(
        call.Id ?? "",
        call.Function?.Name ?? throw ApiException.Invalid($"{param}.tool_calls", $"A call of {param}.tool_calls has no function.name."),
        call.Function.Arguments ?? "{}");

    private ChatRole Role(string? role) => role switch
    {
        "system" or "developer" => ChatRole.System,
        "user" => ChatRole.User,
        "assistant" => ChatRole.Assistant,
        "tool" or "function" => ChatRole.Tool,
        _ => throw ApiException.Invalid($"{param}.role", $"{param}.role must be system, developer, user, assistant, tool or function."),
    };
}
