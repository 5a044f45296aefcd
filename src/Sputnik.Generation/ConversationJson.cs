using System.Buffers;
using System.Text.Json;
using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>Where templates differ in what they expect of a turn with calls.</summary>
/// <param name="ArgumentsAsText">Whether the template writes a call's arguments as they are, and not as JSON of an object.</param>
/// <param name="NullContent">Whether it knows a turn without text by its null content; other templates need text.</param>
internal readonly record struct MessageShape(bool ArgumentsAsText, bool NullContent);

/// <summary>Messages and functions as Hugging Face's templates expect them.</summary>
internal static class ConversationJson
{
    /// <summary>A list of messages.</summary>
    /// <param name="messages">The turns.</param>
    /// <param name="shape">What the template expects.</param>
    public static JsonElement Messages(IReadOnlyList<ChatMessage> messages, MessageShape shape) => Written(json =>
    {
        json.WriteStartArray();
        foreach (ChatMessage message in messages)
        {
            Write(json, message, shape);
        }

        json.WriteEndArray();
    });

    /// <summary>A list of functions.</summary>
    public static JsonElement Tools(IReadOnlyList<ToolDefinition> tools) => Written(json =>
    {
        json.WriteStartArray();
        foreach (ToolDefinition tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            json.WritePropertyName("parameters");
            if (tool.Parameters.ValueKind == JsonValueKind.Undefined)
            {
                json.WriteRawValue("""{"type":"object","properties":{}}""");
            }
            else
            {
                tool.Parameters.WriteTo(json);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, ChatMessage message, MessageShape shape)
    {
        json.WriteStartObject();
        json.WriteString("role", message.Role switch
        {
            ChatRole.System => "system",
            ChatRole.User => "user",
            ChatRole.Assistant => "assistant",
            ChatRole.Tool => "tool",
            _ => throw new ArgumentException($"Role {message.Role} is not System, User, Assistant or Tool.", nameof(message)),
        });

        json.WriteString("content", shape.NullContent && message is { Content: "", ToolCalls.Count: > 0 } ? null : message.Content);
        Optional(json, "reasoning_content", message.Thinking);
        Optional(json, "tool_call_id", message.ToolCallId);
        Optional(json, "name", message.Name);
        if (message.ToolCalls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (ToolCall call in message.ToolCalls)
            {
                Write(json, call, shape);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ToolCall call, MessageShape shape)
    {
        json.WriteStartObject();
        json.WriteString("type", "function");
        json.WriteString("id", call.Id);
        json.WriteStartObject("function");
        json.WriteString("name", call.Name);
        if (!shape.ArgumentsAsText && Parsed(call.Arguments) is JsonElement arguments)
        {
            json.WritePropertyName("arguments");
            arguments.WriteTo(json);
        }
        else
        {
            json.WriteString("arguments", call.Arguments);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>Arguments as JSON; null where a model or a client wrote something else.</summary>
    private static JsonElement? Parsed(string arguments)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(arguments);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            write(json);
        }

        using JsonDocument document = JsonDocument.Parse(bytes.WrittenMemory);
        return document.RootElement.Clone();
    }
}
