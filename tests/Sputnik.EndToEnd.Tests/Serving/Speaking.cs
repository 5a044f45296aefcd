using System.Text.Json;

namespace Sputnik.EndToEnd.Tests;

/// <summary>Asks and reads as a client of a dialect does.</summary>
internal static class Speaking
{
    public static async Task<SpokenAnswer> Ask(this ServedZero served, SpokenDialect dialect, bool streamed, SpokenQuestion question)
    {
        (string path, string body) = (Path(dialect), Body(dialect, streamed, question));
        if (!streamed)
        {
            (int status, JsonElement whole) = await served.Post(path, body);
            Assert.True(status == 200, whole.GetRawText());
            return Whole(dialect, whole);
        }

        string[] lines = await served.Lines(path, body);
        return Joined(dialect, [.. lines.Select(line => line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : line).Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line))]);
    }

    private static string Path(SpokenDialect dialect) => dialect switch
    {
        SpokenDialect.Chat => "/v1/chat/completions",
        SpokenDialect.Responses => "/v1/responses",
        SpokenDialect.Messages => "/v1/messages",
        _ => "/api/chat",
    };

    private static string Body(SpokenDialect dialect, bool streamed, SpokenQuestion question)
    {
        string user = JsonSerializer.Serialize(question.User);
        IEnumerable<string?> fields =
        [
            streamed ? "\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "\"stream\":false",
            dialect == SpokenDialect.Responses ? $"\"input\":{user}" : $$""" "messages":[{"role":"user","content":{{user}}}] """,
            Most(dialect, question.MaxTokens),
            question.Unthinking ? Unthinking(dialect) : question.Brief ? Brief(dialect, question.MaxTokens / 16) : null,
            question.Schema is { } schema ? Format(dialect, schema) : null,
        ];
        return "{" + string.Join(',', fields.OfType<string>()) + "}";
    }

    private static string Most(SpokenDialect dialect, int tokens) => dialect switch
    {
        SpokenDialect.Responses => $"\"temperature\":0,\"max_output_tokens\":{tokens}",
        SpokenDialect.Ollama => $$""" "options":{"temperature":0,"num_predict":{{tokens}}} """,
        _ => $"\"temperature\":0,\"max_tokens\":{tokens}",
    };

    private static string Unthinking(SpokenDialect dialect) => dialect switch
    {
        SpokenDialect.Responses => """ "reasoning":{"effort":"none"} """,
        SpokenDialect.Ollama => """ "think":false """,
        _ => """ "thinking":{"type":"disabled"} """,
    };

    // Where a dialect has no number for it, "minimal" is a sixteenth of the tokens.
    private static string Brief(SpokenDialect dialect, int tokens) => dialect switch
    {
        SpokenDialect.Chat => $"\"thinking_token_budget\":{tokens}",
        SpokenDialect.Responses => """ "reasoning":{"effort":"minimal"} """,
        SpokenDialect.Messages => $$""" "thinking":{"type":"enabled","budget_tokens":{{tokens}}} """,
        _ => """ "think":"minimal" """,
    };

    private static string Format(SpokenDialect dialect, string schema) => dialect switch
    {
        SpokenDialect.Chat => $$$""" "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{{{schema}}} }} """,
        SpokenDialect.Responses => $$$""" "text":{"format":{"type":"json_schema","name":"s","schema":{{{schema}}} }} """,
        SpokenDialect.Messages => $$$""" "output_config":{"format":{"type":"json_schema","schema":{{{schema}}} }} """,
        _ => $"\"format\":{schema}",
    };

    private static SpokenAnswer Whole(SpokenDialect dialect, JsonElement body)
    {
        switch (dialect)
        {
            case SpokenDialect.Chat:
                JsonElement choice = body.GetProperty("choices")[0], message = choice.GetProperty("message");
                return new(Text(message, "reasoning_content"), Text(message, "content"), Text(choice, "finish_reason") == "length", body.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
            case SpokenDialect.Responses:
                return new(
                    string.Concat(body.GetProperty("output").EnumerateArray().Where(item => Text(item, "type") == "reasoning").Select(item => Text(item.GetProperty("content")[0], "text"))),
                    string.Concat(body.GetProperty("output").EnumerateArray().Where(item => Text(item, "type") == "message").Select(item => Text(item.GetProperty("content")[0], "text"))),
                    Text(body, "status") == "incomplete", body.GetProperty("usage").GetProperty("input_tokens").GetInt32());
            case SpokenDialect.Messages:
                return new(
                    string.Concat(body.GetProperty("content").EnumerateArray().Select(block => Text(block, "thinking"))),
                    string.Concat(body.GetProperty("content").EnumerateArray().Select(block => Text(block, "text"))),
                    Text(body, "stop_reason") == "max_tokens", AnthropicPrompt(body.GetProperty("usage")));
            default:
                return new(Text(body.GetProperty("message"), "thinking"), Text(body.GetProperty("message"), "content"), Text(body, "done_reason") == "length", body.GetProperty("prompt_eval_count").GetInt32());
        }
    }

    private static SpokenAnswer Joined(SpokenDialect dialect, JsonElement[] events)
    {
        switch (dialect)
        {
            case SpokenDialect.Chat:
                JsonElement[] choices = [.. events.SelectMany(e => e.GetProperty("choices").EnumerateArray())];
                JsonElement[] deltas = [.. choices.Select(choice => choice.GetProperty("delta"))];
                return new(All(deltas, "reasoning_content"), All(deltas, "content"), Text(choices[^1], "finish_reason") == "length", events[^1].GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
            case SpokenDialect.Responses:
                JsonElement last = events[^1].GetProperty("response");
                SpokenAnswer told = Whole(dialect, last);
                return told with
                {
                    Thinking = All(events.Where(e => Text(e, "type") == "response.reasoning_text.delta"), "delta"),
                    Content = All(events.Where(e => Text(e, "type") == "response.output_text.delta"), "delta"),
                };
            case SpokenDialect.Messages:
                JsonElement[] grown = [.. events.Where(e => Text(e, "type") == "content_block_delta").Select(e => e.GetProperty("delta"))];
                JsonElement end = events.Single(e => Text(e, "type") == "message_delta");
                return new(All(grown, "thinking"), All(grown, "text"), Text(end.GetProperty("delta"), "stop_reason") == "max_tokens", AnthropicPrompt(end.GetProperty("usage")));
            default:
                JsonElement[] messages = [.. events.Select(e => e.GetProperty("message"))];
                return new(All(messages, "thinking"), All(messages, "content"), Text(events[^1], "done_reason") == "length", events[^1].GetProperty("prompt_eval_count").GetInt32());
        }
    }

    private static int AnthropicPrompt(JsonElement usage) => usage.GetProperty("input_tokens").GetInt32() + usage.GetProperty("cache_read_input_tokens").GetInt32();

    private static string All(IEnumerable<JsonElement> parts, string field) => string.Concat(parts.Select(part => Text(part, field)));

    private static string Text(JsonElement holder, string field) => holder.TryGetProperty(field, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
