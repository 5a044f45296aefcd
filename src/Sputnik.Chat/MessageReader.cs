using System.Text.Json;
using Microsoft.Extensions.AI;
using Sputnik.Text;
using AiMessage = Microsoft.Extensions.AI.ChatMessage;
using AiRole = Microsoft.Extensions.AI.ChatRole;
using ChatMessage = Sputnik.Text.ChatMessage;
using ChatRole = Sputnik.Text.ChatRole;

namespace Sputnik.Chat;

/// <summary>Microsoft.Extensions.AI's messages as the engine's. A message with several results becomes several.</summary>
internal static class MessageReader
{
    /// <summary>As chat templates write JSON: on one line.</summary>
    private static readonly JsonSerializerOptions Plain = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <exception cref="NotSupportedException">A message holds what is not text, such as an image.</exception>
    public static IEnumerable<ChatMessage> Read(AiMessage message)
    {
        string text = "";
        string? thinking = null;
        List<ToolCall> calls = [];
        List<ChatMessage> results = [];
        foreach (AIContent content in message.Contents)
        {
            switch (content)
            {
                case TextReasoningContent thought:
                    thinking += thought.Text;
                    break;
                case TextContent said:
                    text += said.Text;
                    break;
                case FunctionCallContent call:
                    calls.Add(new(call.CallId, call.Name, Json(call.Arguments ?? new Dictionary<string, object?>(), typeof(IDictionary<string, object?>))));
                    break;
                case FunctionResultContent result:
                    results.Add(new(ChatRole.Tool, result.Result as string ?? Json(result.Result, typeof(object))) { ToolCallId = result.CallId });
                    break;
                case UsageContent:
                    break;
                default:
                    throw new NotSupportedException($"A message can hold text, thinking, calls and their results, got {content.GetType().Name}.");
            }
        }

        if (results.Count > 0 && text.Length == 0)
        {
            return results;
        }

        // What a user says beside results is said after them; what tools say beside them is the user's too, for it answers no call.
        ChatRole role = Role(message.Role);
        ChatMessage turn = new(role == ChatRole.Tool && results.Count > 0 ? ChatRole.User : role, text) { Thinking = thinking, ToolCalls = calls, Name = message.AuthorName };
        return role == ChatRole.Assistant ? [turn, .. results] : [.. results, turn];
    }

    private static ChatRole Role(AiRole role) =>
        role == AiRole.User ? ChatRole.User
        : role == AiRole.Assistant ? ChatRole.Assistant
        : role == AiRole.Tool ? ChatRole.Tool
        : role == AiRole.System || role.Value == "developer" ? ChatRole.System
        : throw new ArgumentException($"A message's role is system, user, assistant or tool, got '{role.Value}'.");

    private static string Json(object? value, Type type) => JsonSerializer.Serialize(value, Plain.GetTypeInfo(type));
}
