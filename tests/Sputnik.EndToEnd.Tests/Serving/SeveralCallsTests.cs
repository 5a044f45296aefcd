using System.Text.Json;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>Several functions asked for in one answer, in every dialect, streamed and not; and one only, where no more are wanted.</summary>
public sealed class SeveralCallsTests : IAsyncLifetime
{
    private readonly ServedZero _served = new(new ServerOptions(), loaded: TwoCalls.Create());

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chat_has_them_whole(bool parallel)
    {
        (_, JsonElement body) = await _served.Post("/v1/chat/completions", Chat($"\"parallel_tool_calls\":{Word(parallel)}"));

        JsonElement choice = body.GetProperty("choices")[0], message = choice.GetProperty("message");
        JsonElement[] calls = [.. message.GetProperty("tool_calls").EnumerateArray()];
        AssertCalls(parallel, calls.Select(call => (Text(call, "id"), Text(call.GetProperty("function"), "name"), Text(call.GetProperty("function"), "arguments"))));
        Assert.Equal(("tool_calls", "12"), (Text(choice, "finish_reason"), Text(message, "reasoning_content")));
        Assert.Equal(JsonValueKind.Null, message.GetProperty("content").ValueKind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_streamed_chat_has_them_by_their_index(bool parallel)
    {
        JsonElement[] events = await _served.Events("/v1/chat/completions", Chat($"\"stream\":true,\"parallel_tool_calls\":{Word(parallel)}"));

        JsonElement[] choices = [.. events.SelectMany(e => e.GetProperty("choices").EnumerateArray())];
        JsonElement[] parts = [.. choices.Where(choice => choice.GetProperty("delta").TryGetProperty("tool_calls", out _)).Select(choice => choice.GetProperty("delta").GetProperty("tool_calls")[0])];
        AssertCalls(parallel, parts.GroupBy(part => part.GetProperty("index").GetInt32()).OrderBy(call => call.Key).Select((call, index) =>
        {
            Assert.Equal(index, call.Key);
            return (
                Text(Assert.Single(call, part => part.TryGetProperty("id", out _)), "id"),
                string.Concat(call.Select(part => Text(part.GetProperty("function"), "name"))),
                string.Concat(call.Select(part => Text(part.GetProperty("function"), "arguments"))));
        }));
        Assert.Equal("tool_calls", Text(choices[^1], "finish_reason"));
        Assert.All(choices, choice => Assert.Equal("", Text(choice.GetProperty("delta"), "content")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_response_has_an_item_each(bool parallel)
    {
        string tools = string.Join(',', JsonElement.Parse(TwoCalls.Tools).EnumerateArray().Select(tool => $"{{\"type\":\"function\",{tool.GetProperty("function").GetRawText()[1..]}"));
        string request = $$""" {"input":"x","temperature":0,"parallel_tool_calls":{{Word(parallel)}},"tools":[{{tools}}] """;

        (_, JsonElement whole) = await _served.Post("/v1/responses", request + "}");
        JsonElement[] events = [.. (await _served.Lines("/v1/responses", request + ",\"stream\":true}")).Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => JsonElement.Parse(line[6..]))];

        foreach (JsonElement output in (JsonElement[])[whole.GetProperty("output"), events[^1].GetProperty("response").GetProperty("output")])
        {
            AssertCalls(parallel, output.EnumerateArray().Where(item => Text(item, "type") == "function_call").Select(item => (Text(item, "call_id"), Text(item, "name"), Text(item, "arguments"))));
        }

        JsonElement[] added = [.. events.Where(e => Text(e, "type") == "response.output_item.added" && Text(e.GetProperty("item"), "type") == "function_call")];
        AssertCalls(parallel, added.Select(e => (Text(e.GetProperty("item"), "call_id"), Text(e.GetProperty("item"), "name"), Grown(events, e, "response.function_call_arguments.delta", "delta", "output_index"))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_has_a_block_each(bool parallel)
    {
        string tools = string.Join(',', JsonElement.Parse(TwoCalls.Tools).EnumerateArray().Select(tool => tool.GetProperty("function")).Select(tool => $$"""{"name":"{{Text(tool, "name")}}","input_schema":{{tool.GetProperty("parameters").GetRawText()}}}"""));
        string request = $$""" {"messages":[{"role":"user","content":"x"}],"max_tokens":100,"temperature":0,"tool_choice":{"type":"auto","disable_parallel_tool_use":{{Word(!parallel)}}},"tools":[{{tools}}] """;

        (_, JsonElement whole) = await _served.Post("/v1/messages", request + "}");
        JsonElement[] events = await _served.Events("/v1/messages", request + ",\"stream\":true}");

        JsonElement[] uses = [.. whole.GetProperty("content").EnumerateArray().Where(block => Text(block, "type") == "tool_use")];
        Assert.Equal("tool_use", Text(whole, "stop_reason"));
        AssertSame(parallel, uses.Select(use => (Text(use, "id"), Text(use, "name"), use.GetProperty("input").GetRawText())));
        JsonElement[] begun = [.. events.Where(e => Text(e, "type") == "content_block_start" && Text(e.GetProperty("content_block"), "type") == "tool_use")];
        AssertSame(parallel, begun.Select(e => (Text(e.GetProperty("content_block"), "id"), Text(e.GetProperty("content_block"), "name"), string.Concat(
            events.Where(d => Text(d, "type") == "content_block_delta" && d.GetProperty("index").GetInt32() == e.GetProperty("index").GetInt32()).Select(d => Text(d.GetProperty("delta"), "partial_json"))))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ollama_is_told_of_both_at_once(bool streamed)
    {
        string[] lines = await _served.Lines("/api/chat", $$""" {"model":"sputnik-zero","messages":[{"role":"user","content":"x"}],"options":{"temperature":0},"tools":{{TwoCalls.Tools}},"stream":{{Word(streamed)}} } """);

        JsonElement[] messages = [.. lines.Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line).GetProperty("message"))];
        JsonElement[] calls = [.. messages.Where(message => message.TryGetProperty("tool_calls", out _)).SelectMany(message => message.GetProperty("tool_calls").EnumerateArray())];
        AssertSame(true, calls.Select((call, index) => ($"{index}", Text(call.GetProperty("function"), "name"), call.GetProperty("function").GetProperty("arguments").GetRawText())));
        Assert.Equal("12", string.Concat(messages.Select(message => Text(message, "thinking"))));
        Assert.Equal("", string.Concat(messages.Select(message => Text(message, "content"))));
    }

    private static string Chat(string fields) =>
        $$"""{"messages":[{"role":"user","content":"x"}],"temperature":0,"tools":{{TwoCalls.Tools}},{{fields}}}""";

    private static string Word(bool value) => value ? "true" : "false";

    private static string Grown(JsonElement[] events, JsonElement begun, string type, string field, string index) => string.Concat(
        events.Where(e => Text(e, "type") == type && e.GetProperty(index).GetInt32() == begun.GetProperty(index).GetInt32()).Select(e => Text(e, field)));

    /// <summary>Each has an id of its own, its name and its arguments word for word.</summary>
    private static void AssertCalls(bool both, IEnumerable<(string Id, string Name, string Arguments)> calls)
    {
        (string Id, string Name, string Arguments)[] made = [.. calls];
        Assert.Equal(TwoCalls.Expected[..(both ? 2 : 1)], made.Select(call => (call.Name, call.Arguments)));
        Assert.Distinct(made.Select(call => call.Id));
        Assert.All(made, call => Assert.NotEqual("", call.Id));
    }

    /// <summary>As <see cref="AssertCalls"/>, where arguments are JSON and no text.</summary>
    private static void AssertSame(bool both, IEnumerable<(string Id, string Name, string Arguments)> calls) => AssertCalls(both, calls.Select(call =>
    {
        (string Name, string Arguments) expected = TwoCalls.Expected.Single(one => one.Name == call.Name);
        return JsonElement.DeepEquals(JsonElement.Parse(call.Arguments), JsonElement.Parse(expected.Arguments)) ? call with { Arguments = expected.Arguments } : call;
    }));

    private static string Text(JsonElement holder, string field) => holder.TryGetProperty(field, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
