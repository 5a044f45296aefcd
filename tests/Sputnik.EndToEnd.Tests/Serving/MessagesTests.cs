using System.Text.Json;

namespace Sputnik.EndToEnd.Tests;

/// <summary>Anthropic's dialect.</summary>
public sealed class MessagesTests(ServedZero served) : IClassFixture<ServedZero>
{
    private const string Path = "/v1/messages";
    private const string Question = """ "max_tokens":80,"temperature":0,"messages":[{"role":"user","content":[{"type":"text","text":"Solve for x: 3x + 4 = 19."}]}] """;

    [Fact]
    public async Task An_answer_has_its_thinking_first()
    {
        (int status, JsonElement body) = await served.Post(Path, $$"""{{{Question}}}""");

        Assert.Equal(200, status);
        Assert.Equal("message", body.GetProperty("type").GetString());
        Assert.Equal("thinking", body.GetProperty("content")[0].GetProperty("type").GetString());
        Assert.NotEqual("", body.GetProperty("content")[0].GetProperty("signature").GetString());
        Assert.Contains(body.GetProperty("stop_reason").GetString(), (string[])["end_turn", "max_tokens"]);
        Assert.InRange(body.GetProperty("usage").GetProperty("output_tokens").GetInt32(), 1, 80);
    }

    [Fact]
    public async Task A_stream_opens_grows_and_closes_its_blocks_and_joined_is_the_whole()
    {
        (_, JsonElement whole) = await served.Post(Path, $$"""{{{Question}}}""");
        string[] lines = await served.Lines(Path, $$"""{"stream":true,{{Question}}}""");
        string[] names = [.. lines.Where(line => line.StartsWith("event: ", StringComparison.Ordinal)).Select(line => line["event: ".Length..])];
        JsonElement[] events = [.. lines.Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line["data: ".Length..]).RootElement)];

        Assert.Equal(names, events.Select(e => e.GetProperty("type").GetString()));
        Assert.Equal("message_start", names[0]);
        Assert.Equal(["message_delta", "message_stop"], names[^2..]);
        Assert.Equal(whole.GetProperty("content").GetArrayLength(), names.Count(name => name == "content_block_start"));
        Assert.Equal(names.Count(name => name == "content_block_start"), names.Count(name => name == "content_block_stop"));
        foreach ((string block, string delta) in (ReadOnlySpan<(string, string)>)[("thinking", "thinking_delta"), ("text", "text_delta")])
        {
            string expected = string.Concat(whole.GetProperty("content").EnumerateArray().Where(b => b.GetProperty("type").GetString() == block).Select(b => b.GetProperty(block).GetString()));
            string streamed = string.Concat(events.Where(e => e.TryGetProperty("delta", out JsonElement d) && d.TryGetProperty("type", out JsonElement t) && t.GetString() == delta).Select(e => e.GetProperty("delta").GetProperty(block).GetString()));
            Assert.Equal(expected, streamed);
        }

        Assert.Equal(whole.GetProperty("stop_reason").GetString(), events[^2].GetProperty("delta").GetProperty("stop_reason").GetString());
        Assert.Equal(whole.GetProperty("usage").GetProperty("output_tokens").GetInt32(), events[^2].GetProperty("usage").GetProperty("output_tokens").GetInt32());
    }

    [Fact]
    public async Task Tokens_are_counted_as_they_are_charged()
    {
        (_, JsonElement counted) = await served.Post(Path + "/count_tokens", $$"""{{{Question}}}""");
        (_, JsonElement answered) = await served.Post(Path, $$"""{{{Question}}}""");

        JsonElement usage = answered.GetProperty("usage");
        Assert.Equal(counted.GetProperty("input_tokens").GetInt32(), usage.GetProperty("input_tokens").GetInt32() + usage.GetProperty("cache_read_input_tokens").GetInt32());
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", 400, "invalid_request_error")]
    [InlineData("""{"max_tokens":5,"messages":[{"role":"user","content":[{"type":"image","source":{}}]}]}""", 400, "invalid_request_error")]
    [InlineData("""{"max_tokens":5,"model":"claude-9","messages":[{"role":"user","content":"x"}]}""", 404, "not_found_error")]
    [InlineData("""{""", 400, "invalid_request_error")]
    public async Task Errors_have_Anthropics_shape(string request, int status, string type)
    {
        (int got, JsonElement body) = await served.Post(Path, request);

        Assert.Equal(status, got);
        Assert.Equal("error", body.GetProperty("type").GetString());
        Assert.Equal(type, body.GetProperty("error").GetProperty("type").GetString());
        Assert.NotEqual("", body.GetProperty("request_id").GetString());
    }
}
