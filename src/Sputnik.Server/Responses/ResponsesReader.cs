using System.Text;
using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>A responses request as the engine's. Nothing is stored: a conversation comes whole each time.</summary>
internal sealed class ResponsesReader(AnswerDesk desk)
{
    private RequestChecks Checks => desk.Checks;

    public AnswerRequest Read(ResponsesRequest request)
    {
        Refuse(request);
        List<ChatMessage> turns = Input(request.Input);
        int? most = RequestChecks.MaxTokens("max_output_tokens", request.MaxOutputTokens);
        ChatMessage[] instructions = request.Instructions is { Length: > 0 } text ? [new(ChatRole.System, text)] : [];
        IReadOnlyList<ResponsesTool> tools = RequestChecks.Items("tools", request.Tools);
        Checks.Tools("tools", tools.Count);
        return new()
        {
            Messages = [.. instructions, .. turns],
            Tools = [.. tools.Select((tool, index) => ToolFields.Define($"tools[{index}]", tool.Type, new(tool.Name, tool.Description, tool.Parameters, tool.Strict), Checks))],
            ToolChoice = ToolFields.Choice(request.ToolChoice),
            ParallelToolCalls = request.ParallelToolCalls ?? true,
            Format = Format(request.Text?.Format),
            Thinking = new ThinkingWishes { Effort = request.Reasoning?.Effort }.ToOptions(desk.Model, most),
            Draw = new DrawWishes { Temperature = request.Temperature, TopP = request.TopP }.ToSettings(desk.Model, desk.Options),
            MaxNewTokens = most,
        };
    }

    private static void Refuse(ResponsesRequest request)
    {
        if (request.PreviousResponseId is { Length: > 0 })
        {
            throw new ApiException(new(400, "previous_response_not_found", "Responses are not stored here; send the conversation in input.") { Param = "previous_response_id" });
        }

        if (request.TopLogprobs > 0)
        {
            throw ApiException.Unsupported("top_logprobs", "Log-probabilities come with /v1/chat/completions and /v1/completions; leave top_logprobs out here.");
        }

        if (request.Background == true)
        {
            throw ApiException.Unsupported("background", "Nothing is answered in the background here; leave background out.");
        }

        if (request.Truncation is not (null or "disabled"))
        {
            throw ApiException.Unsupported("truncation", "A conversation is never cut silently here; truncation must be disabled.");
        }
    }

    private List<ChatMessage> Input(JsonElement? input)
    {
        if (input is { ValueKind: JsonValueKind.String } text)
        {
            return [new(ChatRole.User, text.GetString() ?? "")];
        }

        if (input is not { ValueKind: JsonValueKind.Array } items)
        {
            throw ApiException.Invalid("input", "input must be a string or an array of items.");
        }

        Checks.Messages("input", items.GetArrayLength());
        return Joined([.. items.EnumerateArray().Select((item, index) => Item(item, $"input[{index}]"))]);
    }

    private ChatMessage Item(JsonElement item, string param)
    {
        JsonElement? content = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("content", out JsonElement given) ? given : null;
        return StringFields.Find(item, "type") switch
        {
            null or "message" => new TurnReader(Checks, param).Read(new() { Role = StringFields.Find(item, "role"), Content = content }),
            "function_call" => new(ChatRole.Assistant, "") { ToolCalls = [new(Need(item, "call_id", param), Need(item, "name", param), Need(item, "arguments", param))] },
            "function_call_output" => new(ChatRole.Tool, Need(item, "output", param)) { ToolCallId = Need(item, "call_id", param) },
            "reasoning" => new(ChatRole.Assistant, "") { Thinking = ReasoningText(content) },
            _ => throw ApiException.Unsupported($"{param}.type", $"{param}.type must be message, function_call, function_call_output or reasoning."),
        };
    }

    /// <summary>Items of one turn of the assistant's are one message.</summary>
    private static List<ChatMessage> Joined(IReadOnlyList<ChatMessage> items)
    {
        List<ChatMessage> turns = [];
        foreach (ChatMessage item in items)
        {
            if (item.Role == ChatRole.Assistant && turns.LastOrDefault() is { Role: ChatRole.Assistant } last)
            {
                turns[^1] = last with { Content = last.Content + item.Content, Thinking = last.Thinking + item.Thinking, ToolCalls = [.. last.ToolCalls, .. item.ToolCalls] };
            }
            else
            {
                turns.Add(item);
            }
        }

        return turns;
    }

    private static string ReasoningText(JsonElement? content)
    {
        var text = new StringBuilder();
        foreach (JsonElement part in content is { ValueKind: JsonValueKind.Array } parts ? parts.EnumerateArray() : default)
        {
            text.Append(StringFields.Find(part, "text"));
        }

        return text.ToString();
    }

    private static string Need(JsonElement item, string name, string param) =>
        StringFields.Find(item, name) ?? throw ApiException.Invalid($"{param}.{name}", $"{param}.{name} must be a string.");

    private AnswerFormat Format(ResponsesFormat? format) => format?.Type switch
    {
        null or "text" => new(AnswerFormatKind.Text),
        "json_object" => new(AnswerFormatKind.JsonObject),
        "json_schema" when format.Schema is { } schema => new(AnswerFormatKind.JsonSchema, Checks.Schema("text.format.schema", schema)),
        _ => throw ApiException.Invalid("text.format.type", "text.format.type must be text, json_object, or json_schema with a schema."),
    };
}
