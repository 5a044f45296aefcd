using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

public sealed class CompletionsTests(ServedZero served) : IClassFixture<ServedZero>
{
    private const string Path = "/v1/completions";

    [Fact]
    public async Task Several_prompts_as_text_or_ids_are_continued_in_order()
    {
        (_, JsonElement tokens) = await served.Post("/tokenize", """{"content":"1 + 1 = ","add_special":true}""");
        string ids = tokens.GetProperty("tokens").GetRawText();

        (int status, JsonElement text) = await served.Post(Path, """{"prompt":["1 + 1 = ","2 + 2 = "],"max_tokens":4,"seed":1,"temperature":0}""");
        (_, JsonElement byIds) = await served.Post(Path, $$"""{"prompt":{{ids}},"max_tokens":4,"seed":1,"temperature":0}""");

        Assert.Equal(200, status);
        Assert.Equal([0, 1], text.GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("index").GetInt32()));
        Assert.Equal(text.GetProperty("choices")[0].GetProperty("text").GetString(), byIds.GetProperty("choices")[0].GetProperty("text").GetString());
        Assert.Equal("text_completion", text.GetProperty("object").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(""" "echo":true, """)]
    [InlineData(""" "stop":["x","="], """)]
    public async Task A_stream_joined_is_the_continuation_that_is_not_streamed(string more)
    {
        string request = $$"""{{{more}}"prompt":"Solve for x: 3x","max_tokens":20,"seed":3,"n":2""";

        (_, JsonElement whole) = await served.Post(Path, request + "}");
        JsonElement[] chunks = await served.Events(Path, request + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

        foreach (JsonElement choice in whole.GetProperty("choices").EnumerateArray())
        {
            JsonElement[] own = [.. chunks.SelectMany(c => c.GetProperty("choices").EnumerateArray()).Where(c => c.GetProperty("index").GetInt32() == choice.GetProperty("index").GetInt32())];
            Assert.Equal(choice.GetProperty("text").GetString(), string.Concat(own.Select(c => c.GetProperty("text").GetString())));
            Assert.Equal(choice.GetProperty("finish_reason").GetString(), own[^1].GetProperty("finish_reason").GetString());
        }

        Assert.Equal(whole.GetProperty("usage").GetRawText(), chunks[^1].GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task A_stop_string_ends_the_text_before_itself()
    {
        (_, JsonElement free) = await served.Post(Path, """{"prompt":"Solve for x: 3x","max_tokens":30,"seed":3}""");
        string text = free.GetProperty("choices")[0].GetProperty("text").GetString()!;
        string stop = text.Substring(text.Length / 2, 2);

        (_, JsonElement body) = await served.Post(Path, $$"""{"prompt":"Solve for x: 3x","max_tokens":30,"seed":3,"stop":{{JsonSerializer.Serialize(stop)}}}""");

        Assert.Equal(text[..text.IndexOf(stop, StringComparison.Ordinal)], body.GetProperty("choices")[0].GetProperty("text").GetString());
        Assert.Equal("stop", body.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.InRange(body.GetProperty("usage").GetProperty("completion_tokens").GetInt32(), 1, free.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task A_token_that_holds_two_stops_ends_where_chat_ends()
    {
        await using ServedZero spoken = new(new(), loaded: ChainModel.Create(ChainModel.Unopened, ["<｜Assistant｜>", "buys"], ["1", "buys", ChainModel.End]));
        await spoken.InitializeAsync();

        (_, JsonElement chat) = await spoken.Post("/v1/chat/completions", """{"messages":[{"role":"user","content":"1"}],"temperature":0,"stop":["buys","uy"]}""");
        (_, JsonElement plain) = await spoken.Post(Path, """{"prompt":"1","temperature":0,"stop":["buys","uy"]}""");

        Assert.Equal("b", chat.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("b", plain.GetProperty("choices")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_stream_gives_signs_of_life_before_its_first_token()
    {
        await using ServedZero slow = new(new ServerOptions { KeepAlive = TimeSpan.FromMilliseconds(1) });
        await slow.InitializeAsync();
        using ManualResetEventSlim free = new();
        await using TokenStream held = slow.Model.Responder.Engine.Submit(new() { Prompt = [5], MaxNewTokens = 1, Guide = _ => new HeldGuide(free) }, TestContext.Current.CancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Post, Path) { Content = ServedZero.Json("""{"prompt":"2x","max_tokens":4,"stream":true}""") };

        string? first;
        string rest;
        try
        {
            using HttpResponseMessage streaming = await slow.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            using StreamReader lines = new(await streaming.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            first = await lines.ReadLineAsync(TestContext.Current.CancellationToken);
            free.Set();
            rest = await lines.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            free.Set();
        }

        Assert.Equal(": keep-alive", first);
        Assert.EndsWith("data: [DONE]\n\n", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_goes_on_past_the_models_end_where_that_is_asked_for()
    {
        const string Request = """{"prompt":"2x = 8","max_tokens":200,"temperature":0,""";

        (_, JsonElement ended) = await served.Post(Path, Request + """ "ignore_eos":false}""");
        (_, JsonElement full) = await served.Post(Path, Request + """ "ignore_eos":true}""");

        Assert.InRange(ended.GetProperty("usage").GetProperty("completion_tokens").GetInt32(), 1, 199);
        Assert.Equal(200, full.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Log_probs_stand_beside_the_tokens()
    {
        (_, JsonElement body) = await served.Post(Path, """{"prompt":"1 + 1 = ","max_tokens":4,"seed":1,"logprobs":0}""");

        JsonElement choice = body.GetProperty("choices")[0], logprobs = choice.GetProperty("logprobs");
        string[] tokens = [.. logprobs.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!)];
        Assert.NotEmpty(tokens);
        Assert.Equal(tokens.Length, logprobs.GetProperty("token_logprobs").GetArrayLength());
        Assert.All(logprobs.GetProperty("token_logprobs").EnumerateArray(), value => Assert.InRange(value.GetDouble(), -100, 0));
    }

    [Theory]
    [InlineData("""{"prompt":[]}""", "prompt")]
    [InlineData("""{"prompt":{}}""", "prompt")]
    [InlineData("""{"prompt":[1,999999]}""", "prompt")]
    [InlineData("""{"prompt":[1,-1]}""", "prompt")]
    [InlineData("""{"prompt":"x","suffix":"y"}""", "suffix")]
    [InlineData("""{"prompt":"x","best_of":3}""", "best_of")]
    [InlineData("""{"prompt":"x","max_tokens":0}""", "max_tokens")]
    [InlineData("""{"prompt":"x","logprobs":21}""", "logprobs")]
    public async Task What_cannot_be_is_refused_by_its_name(string request, string param)
    {
        (int status, JsonElement body) = await served.Post(Path, request);

        Assert.Equal(400, status);
        Assert.Equal(param, body.GetProperty("error").GetProperty("param").GetString());
    }

    [Fact]
    public async Task A_later_prompt_that_cannot_be_is_refused_before_the_first_is_answered()
    {
        string full = string.Join(',', Enumerable.Repeat("7", served.Model.ContextTokens));
        foreach (string prompts in (string[])["[[1],[]]", $"[[1],[{full}]]"])
        {
            (int status, JsonElement body) = await served.Post(Path, $$"""{"stream":true,"max_tokens":1,"prompt":{{prompts}}}""");

            Assert.True(status == 400, body.GetRawText());
        }
    }

    [Fact]
    public async Task Tokens_go_to_text_and_back()
    {
        (_, JsonElement tokens) = await served.Post("/tokenize", """{"content":"3x + 4 = 19","with_pieces":true}""");
        string ids = string.Join(',', tokens.GetProperty("tokens").EnumerateArray().Select(token => token.GetProperty("id").GetInt32()));
        (_, JsonElement text) = await served.Post("/detokenize", $$"""{"tokens":[{{ids}}]}""");
        (_, JsonElement prompt) = await served.Post("/apply-template", """{"messages":[{"role":"user","content":"3x + 4 = 19"}]}""");

        Assert.Equal("3x + 4 = 19", text.GetProperty("content").GetString());
        Assert.Contains("3x + 4 = 19", prompt.GetProperty("prompt").GetString(), StringComparison.Ordinal);
        Assert.Equal(tokens.GetProperty("tokens").GetArrayLength(), tokens.GetProperty("count").GetInt32());
    }

    /// <summary>Holds the engine's thread until it is let go.</summary>
    private sealed class HeldGuide(ManualResetEventSlim free) : ITokenGuide
    {
        public FinishReason? Ended => null;

        public int? Force()
        {
            free.Wait();
            return 5;
        }

        public bool Restrict(TokenMask allowed) => false;

        public void Accept(int token)
        {
        }
    }
}
