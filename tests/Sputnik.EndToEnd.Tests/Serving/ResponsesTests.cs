using System.Text.Json;

namespace Sputnik.EndToEnd.Tests;

/// <summary>OpenAI's responses, without a store.</summary>
public sealed class ResponsesTests(ServedZero served) : IClassFixture<ServedZero>
{
    private const string Path = "/v1/responses";
    private const string Question = """ "input":"Solve for x: 3x + 4 = 19.","max_output_tokens":80,"temperature":0 """;

    [Fact]
    public async Task The_last_event_of_a_stream_is_the_response_that_is_not_streamed()
    {
        (int status, JsonElement whole) = await served.Post(Path, $$"""{{{Question}}}""");
        JsonElement[] events = await served.Events(Path, $$"""{"stream":true,{{Question}}}""");

        Assert.Equal(200, status);
        Assert.Equal("reasoning", whole.GetProperty("output")[0].GetProperty("type").GetString());
        Assert.Equal(Enumerable.Range(0, events.Length), events.Select(e => e.GetProperty("sequence_number").GetInt32()));
        Assert.Equal(["response.created", "response.in_progress", "response.output_item.added"], events[..3].Select(e => e.GetProperty("type").GetString()));
        JsonElement last = events[^1].GetProperty("response");
        Assert.Equal("response." + whole.GetProperty("status").GetString(), events[^1].GetProperty("type").GetString());
        Assert.Equal(Texts(whole), Texts(last));
        Assert.Equal(whole.GetProperty("usage").GetRawText(), last.GetProperty("usage").GetRawText());
        Assert.Equal(string.Concat(Texts(whole)), string.Concat(events.Where(e => e.GetProperty("type").GetString()!.EndsWith("_text.delta", StringComparison.Ordinal)).Select(e => e.GetProperty("delta").GetString())));
    }

    [Fact]
    public async Task Items_of_earlier_turns_are_read()
    {
        const string Input = """
            [{"role":"user","content":"Solve for x: 2x = 8."},
             {"type":"reasoning","id":"rs_1","summary":[],"content":[{"type":"reasoning_text","text":"8 / 2 = 4"}]},
             {"type":"message","role":"assistant","content":[{"type":"output_text","text":"4"}]},
             {"type":"message","role":"user","content":[{"type":"input_text","text":"And 3x = 9?"}]}]
            """;

        (int status, JsonElement body) = await served.Post(Path, $$"""{"input":{{Input}},"max_output_tokens":2}""");

        Assert.Equal(200, status);
        Assert.Equal("incomplete", body.GetProperty("status").GetString());
        Assert.Equal("max_output_tokens", body.GetProperty("incomplete_details").GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("""{"input":"x","previous_response_id":"resp_1"}""", "previous_response_not_found")]
    [InlineData("""{"input":"x","truncation":"auto"}""", "unsupported_parameter")]
    [InlineData("""{"input":7}""", "invalid_value")]
    [InlineData("""{"input":[{"type":"web_search_call"}]}""", "unsupported_parameter")]
    public async Task What_is_not_offered_is_refused(string request, string code)
    {
        (int status, JsonElement body) = await served.Post(Path, request);

        Assert.Equal(400, status);
        Assert.Equal(code, body.GetProperty("error").GetProperty("code").GetString());
    }

    private static string[] Texts(JsonElement response) =>
        [.. response.GetProperty("output").EnumerateArray().SelectMany(item => item.GetProperty("content").EnumerateArray()).Select(part => part.GetProperty("text").GetString()!)];
}
