using System.Text.Json;

namespace Sputnik.EndToEnd.Tests;

public sealed class ChatCompletionsTests(ServedZero served) : IClassFixture<ServedZero>
{
    private const string Path = "/v1/chat/completions";
    private const string Question = """ "messages":[{"role":"user","content":"Solve for x: 3x + 4 = 19."}],"max_tokens":60,"seed":1 """;

    [Fact]
    public async Task An_answer_has_everything_that_clients_read()
    {
        (int status, JsonElement body) = await served.Post(Path, $$"""{"model":"sputnik-zero",{{Question}}}""");

        Assert.Equal(200, status);
        Assert.Equal("chat.completion", body.GetProperty("object").GetString());
        Assert.StartsWith("chatcmpl-", body.GetProperty("id").GetString(), StringComparison.Ordinal);
        JsonElement choice = Assert.Single(body.GetProperty("choices").EnumerateArray());
        JsonElement message = choice.GetProperty("message");
        Assert.NotEqual("", message.GetProperty("reasoning_content").GetString());
        Assert.Equal(message.GetProperty("reasoning_content").GetString(), message.GetProperty("reasoning").GetString());
        Assert.Equal(JsonValueKind.Null, message.GetProperty("refusal").ValueKind);
        JsonElement usage = body.GetProperty("usage");
        int prompt = usage.GetProperty("prompt_tokens").GetInt32(), completion = usage.GetProperty("completion_tokens").GetInt32();
        Assert.InRange(completion, 1, 60);
        Assert.Equal(prompt + completion, usage.GetProperty("total_tokens").GetInt32());
        Assert.InRange(usage.GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt32(), 1, completion);
        Assert.Equal(prompt, usage.GetProperty("prompt_cache_hit_tokens").GetInt32() + usage.GetProperty("prompt_cache_miss_tokens").GetInt32());
    }

    [Fact]
    public async Task A_stream_joined_is_the_answer_that_is_not_streamed()
    {
        (_, JsonElement whole) = await served.Post(Path, $$"""{"n":2,{{Question}}}""");
        JsonElement[] chunks = await served.Events(Path, $$"""{"n":2,"stream":true,"stream_options":{"include_usage":true},{{Question}}}""");

        foreach (JsonElement choice in whole.GetProperty("choices").EnumerateArray())
        {
            JsonElement[] own = [.. chunks.SelectMany(c => c.GetProperty("choices").EnumerateArray()).Where(c => c.GetProperty("index").GetInt32() == choice.GetProperty("index").GetInt32())];
            foreach (string field in (string[])["content", "reasoning_content", "reasoning"])
            {
                Assert.Equal(choice.GetProperty("message").GetProperty(field).GetString(), Joined(own, field));
            }

            Assert.Equal("assistant", own[0].GetProperty("delta").GetProperty("role").GetString());
            Assert.Equal(choice.GetProperty("finish_reason").GetString(), own[^1].GetProperty("finish_reason").GetString());
            Assert.All(own[..^1], chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("finish_reason").ValueKind));
        }

        Assert.Equal(whole.GetProperty("usage").GetRawText(), chunks[^1].GetProperty("usage").GetRawText());
        Assert.Empty(chunks[^1].GetProperty("choices").EnumerateArray());
        Assert.All(chunks[..^1], chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("usage").ValueKind));
        Assert.Single(chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct());
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/chat/completions")]
    [InlineData("/beta/chat/completions")]
    public async Task A_stream_ends_with_the_end_mark(string path)
    {
        string[] lines = await served.Lines(path, $$"""{"stream":true,{{Question}}}""");

        Assert.Equal("data: [DONE]", lines.Last(line => line.Length > 0));
        Assert.DoesNotContain(lines, line => line.Contains("\"usage\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_seed_that_was_drawn_is_told_and_gives_the_answer_again()
    {
        const string Ask = """ "messages":[{"role":"user","content":"Solve for x: 2x = 8."}],"max_tokens":24,"temperature":1 """;
        (_, JsonElement first) = await served.Post(Path, $$"""{{{Ask}}}""");
        (_, JsonElement again) = await served.Post(Path, $$"""{"seed":{{first.GetProperty("seed").GetInt64()}},{{Ask}}}""");

        Assert.Equal(first.GetProperty("choices")[0].GetProperty("message").GetRawText(), again.GetProperty("choices")[0].GetProperty("message").GetRawText());
    }

    [Theory]
    [InlineData("""{"messages":[]}""", "messages")]
    [InlineData("""{"messages":[{"role":"king","content":"x"}]}""", "messages[0].role")]
    [InlineData("""{"messages":[{"role":"user","content":7}]}""", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://169.254.169.254/"}}]}]}""", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"temperature":3}""", "temperature")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"n":5}""", "n")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"n":-1}""", "n")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"max_tokens":-5}""", "max_tokens")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"stop":["a","b","c","d","e"]}""", "stop")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"stop":""}""", "stop")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"top_logprobs":3}""", "top_logprobs")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"logprobs":true,"top_logprobs":21}""", "top_logprobs")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"logit_bias":{"99999999":1}}""", "logit_bias")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"reasoning_effort":"some"}""", "reasoning_effort")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"thinking_token_budget":-2}""", "thinking_token_budget")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"chat_template":"{{ 1 }}"}""", "chat_template")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"chat_template_kwargs":{"tools":1}}""", "chat_template_kwargs")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"tool_choice":"maybe"}""", "tool_choice")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"response_format":{"type":"xml"}}""", "response_format.type")]
    [InlineData("""{"messages":[{"role":"user","content":"x","prefix":true}]}""", "messages[0].role")]
    [InlineData("""{"messages":"x"}""", "messages")]
    public async Task What_cannot_be_is_refused_by_its_name(string request, string param)
    {
        (int status, JsonElement body) = await served.Post(Path, request);

        Assert.Equal(400, status);
        JsonElement error = body.GetProperty("error");
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.NotEqual("", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Unknown_fields_are_ignored()
    {
        (int status, _) = await served.Post(Path, $$"""{"store":false,"metadata":{"a":"b"},"some_new_field":[1],"user":"u",{{Question}}}""");

        Assert.Equal(200, status);
    }

    [Fact]
    public async Task A_conversation_longer_than_the_context_is_refused_with_both_numbers()
    {
        string text = string.Concat(Enumerable.Repeat("1 + 2 = 3. ", 200));

        (int status, JsonElement body) = await served.Post(Path, $$"""{"messages":[{"role":"user","content":"{{text}}"}]}""");

        Assert.Equal(400, status);
        JsonElement error = body.GetProperty("error");
        Assert.Equal("context_length_exceeded", error.GetProperty("code").GetString());
        Assert.Equal(served.Model.ContextTokens, error.GetProperty("n_ctx").GetInt32());
        Assert.InRange(error.GetProperty("n_prompt_tokens").GetInt32(), served.Model.ContextTokens, int.MaxValue);
    }

    [Fact]
    public async Task The_thinking_of_an_answer_that_nobody_makes_cannot_be_stopped()
    {
        (int status, JsonElement body) = await served.Post(Path + "/chatcmpl-0/stop-thinking", "{}");

        Assert.Equal(404, status);
        Assert.Equal("answer_not_found", body.GetProperty("error").GetProperty("code").GetString());
    }

    private static string Joined(IEnumerable<JsonElement> choices, string field) => string.Concat(
        choices.Select(choice => choice.GetProperty("delta").TryGetProperty(field, out JsonElement text) ? text.GetString() : ""));
}
