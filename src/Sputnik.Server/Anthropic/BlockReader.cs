using System.Text;
using System.Text.Json;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>One message of Anthropic's: its blocks become one or more of the engine's messages.</summary>
internal sealed class BlockReader(RequestChecks checks, string param)
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _thinking = new();
    private readonly List<ToolCall> _calls = [];
    private readonly List<ChatMessage> _results = [];

    public IEnumerable<ChatMessage> Read(MessagesTurn turn)
    {
        ChatRole role = turn.Role switch
        {
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            "system" => ChatRole.System,
            _ => throw ApiException.Invalid($"{param}.role", $"{param}.role must be user or assistant."),
        };
        if (turn.Content is { ValueKind: JsonValueKind.Array } blocks)
        {
            checks.Parts($"{param}.content", blocks.GetArrayLength());
            foreach (JsonElement block in blocks.EnumerateArray())
            {
                Add(block);
            }
        }
        else
        {
            _text.Append(new TurnReader(checks, param).Content(turn.Content, optional: false));
        }

        // Results answer the turn before; what is said besides comes after them.
        ChatMessage message = new(role, _text.ToString()) { Thinking = _thinking.Length > 0 ? _thinking.ToString() : null, ToolCalls = _calls };
        return _results.Count > 0 && _text.Length == 0 ? _results : [.. _results, message];
    }

    private void Add(JsonElement block)
    {
        switch (StringFields.Find(block, "type"))
        {
            case "text":
                _text.Append(Need(block, "text"));
                break;
            case "thinking":
                _thinking.Append(Need(block, "thinking"));
                break;
            case "redacted_thinking":
                break;
            case "tool_use":
                _calls.Add(new(Need(block, "id"), Need(block, "name"), block.TryGetProperty("input", out JsonElement input) ? input.GetRawText() : "{}"));
                break;
            case "tool_result":
                JsonElement? content = block.TryGetProperty("content", out JsonElement given) ? given : null;
                _results.Add(new(ChatRole.Tool, new TurnReader(checks, param).Content(content, optional: true)) { ToolCallId = Need(block, "tool_use_id") });
                break;
            default:
                throw ApiException.Unsupported($"{param}.content", "This server reads text only; blocks may be text, thinking, tool_use and tool_result.");
        }
    }

    private string Need(JsonElement block, string name) =>
        StringFields.Find(block, name) ?? throw ApiException.Invalid($"{param}.content", $"A block of {param}.content has no {name}.");
}
