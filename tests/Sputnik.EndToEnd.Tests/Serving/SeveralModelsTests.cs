using System.Globalization;
using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>One server with two models: the small one of this repository, and one called "other".</summary>
public sealed class SeveralModelsTests : IAsyncLifetime
{
    private const string Chat = "/v1/chat/completions";
    private const string Zero = "sputnik-zero";
    private const string Other = "other";

    private readonly ServedZero _served = new(new ServerOptions(), beside: RandomModel.Create());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task Each_answers_at_once_with_the_bits_it_has_when_served_alone()
    {
        await using ServedZero zero = new();
        await using ServedZero other = new(new ServerOptions(), loaded: RandomModel.Create());
        await zero.InitializeAsync();
        await other.InitializeAsync();
        (string Model, int Seed)[] asked = [.. Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? Zero : Other, i / 2))];
        List<string> alone = [];
        foreach ((string model, int seed) in asked)
        {
            alone.Add(await Answer(model == Zero ? zero : other, null, seed));
        }

        string[] together = await Task.WhenAll(asked.Select(one => Answer(_served, one.Model, one.Seed)));

        Assert.Equal(alone, together);
        Assert.Equal(asked.Length, alone.Distinct().Count());
    }

    [Theory]
    [InlineData(Chat, """ "messages":[{"role":"user","content":"2x = 8"}],"max_tokens":4 """)]
    [InlineData("/v1/completions", """ "prompt":"2x = 8","max_tokens":4 """)]
    [InlineData("/v1/embeddings", """ "input":"2x = 8" """)]
    [InlineData("/v1/responses", """ "input":"2x = 8","max_output_tokens":4 """)]
    [InlineData("/v1/messages", """ "messages":[{"role":"user","content":"2x = 8"}],"max_tokens":4 """)]
    [InlineData("/api/chat", """ "messages":[{"role":"user","content":"2x = 8"}],"stream":false,"options":{"num_predict":4} """)]
    [InlineData("/api/generate", """ "prompt":"2x = 8","stream":false,"options":{"num_predict":4} """)]
    [InlineData("/api/generate", """ "prompt":"2x = 8","raw":true,"stream":false,"options":{"num_predict":4} """)]
    [InlineData("/api/embed", """ "input":"2x = 8" """)]
    public async Task The_name_in_a_request_chooses_and_the_first_answers_without_one(string path, string fields)
    {
        (int named, JsonElement other) = await _served.Post(path, With(fields, Other));
        (int latest, JsonElement zero) = await _served.Post(path, With(fields, Zero + ":latest"));
        (int nameless, JsonElement first) = await _served.Post(path, $"{{{fields}}}");

        Assert.Equal((200, 200, 200), (named, latest, nameless));
        Assert.Equal((Other, Zero, Zero), (Model(other), Model(zero), Model(first)));

        // The ledger is written behind the last byte of an answer.
        await _served.Server.StopAsync();
        string day = JsonSerializer.Serialize(_served.Store.Ledger.Since(DateOnly.MinValue).Select(line => $"{line.Model} {line.Tokens.Requests}").Order());
        Assert.Equal("""["other 1","sputnik-zero 2"]""", day);
    }

    [Theory]
    [InlineData(Chat, """ "messages":[{"role":"user","content":"x"}] """)]
    [InlineData("/v1/completions", """ "prompt":"x" """)]
    [InlineData("/v1/embeddings", """ "input":"x" """)]
    [InlineData("/v1/responses", """ "input":"x" """)]
    [InlineData("/v1/messages", """ "messages":[{"role":"user","content":"x"}],"max_tokens":4 """)]
    [InlineData("/v1/messages/count_tokens", """ "messages":[{"role":"user","content":"x"}] """)]
    [InlineData("/api/chat", """ "messages":[{"role":"user","content":"x"}] """)]
    [InlineData("/api/generate", """ "prompt":"x" """)]
    [InlineData("/api/embed", """ "input":"x" """)]
    [InlineData("/api/embeddings", """ "prompt":"x" """)]
    [InlineData("/api/show", """ "verbose":false """)]
    [InlineData("/tokenize", """ "content":"x" """)]
    [InlineData("/detokenize", """ "tokens":[1] """)]
    [InlineData("/apply-template", """ "messages":[{"role":"user","content":"x"}] """)]
    public async Task A_name_that_nobody_has_is_refused_with_those_there_are(string path, string fields)
    {
        (int status, JsonElement body) = await _served.Post(path, With(fields, "gpt-9"));

        Assert.Equal(404, status);
        Assert.Contains("There is no model 'gpt-9' here; this server has 'sputnik-zero', 'other'.", Message(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_and_descriptions_are_of_all_models()
    {
        (_, JsonElement list) = await _served.Get("/v1/models");
        (_, JsonElement one) = await _served.Get("/v1/models/other");
        (_, JsonElement tags) = await _served.Get("/api/tags");
        (_, JsonElement runs) = await _served.Get("/api/ps");
        (_, JsonElement show) = await _served.Post("/api/show", """{"model":"other"}""");
        (_, JsonElement props) = await _served.Get("/props?model=other");
        (_, JsonElement first) = await _served.Get("/props");
        (_, JsonElement tokens) = await _served.Post("/tokenize", """{"model":"other","content":"2x = 8"}""");

        string[] both = [Zero, Other];
        Assert.Equal(both, list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        Assert.Equal(both, tags.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()));
        Assert.Equal([320, RandomModel.Length], runs.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("context_length").GetInt32()));
        Assert.Equal((Other, RandomModel.Length), (one.GetProperty("id").GetString(), one.GetProperty("max_model_len").GetInt32()));
        Assert.Equal(_served.Other?.Parameters, show.GetProperty("model_info").GetProperty("general.parameter_count").GetInt64());
        Assert.Equal((Other, Zero), (props.GetProperty("model_alias").GetString(), first.GetProperty("model_alias").GetString()));
        Assert.Equal(RandomModel.Length, tokens.GetProperty("max_model_len").GetInt32());
    }

    [Fact]
    public async Task A_model_that_is_at_work_does_not_keep_the_other_from_answering()
    {
        using Turnstile guide = new();
        TokenRequest endless = new() { Prompt = [1, 2, 3], MaxNewTokens = 2, Guide = _ => guide };
        await using TokenStream stream = _served.Model.Responder.Engine.Submit(endless, Cancellation);
        guide.Entered.Wait(Cancellation);

        (int status, JsonElement answer) = await _served.Post(Chat, With(""" "messages":[{"role":"user","content":"2x = 8"}],"max_tokens":4 """, Other));
        bool stood = !guide.Passed;
        guide.Open.Set();

        Assert.Equal((200, Other, true), (status, Model(answer), stood));
    }

    [Fact]
    public async Task What_one_has_computed_of_a_prompt_the_other_does_not_find()
    {
        string question = $$""" "messages":[{"role":"user","content":"{{string.Concat(Enumerable.Repeat("Given x + 1 = 9. ", 12))}}"}],"max_tokens":1 """;
        await _served.Post(Chat, With(question, Zero));

        (_, JsonElement other) = await _served.Post(Chat, With(question, Other));
        (_, JsonElement again) = await _served.Post(Chat, With(question, Zero));

        Assert.Equal(0, Cached(other));
        Assert.True(Cached(again) > 0);
        Assert.Equal(0, _served.Other?.Responder.Engine.Status.PrefixHitTokens);
    }

    [Fact]
    public async Task Metrics_have_the_models_name_and_each_name_stands_together()
    {
        await _served.Post(Chat, With(""" "messages":[{"role":"user","content":"2x = 8"}],"max_tokens":4 """, Other));
        await _served.Post(Chat, "{");

        string[] lines = (await _served.Client.GetStringAsync("/metrics", Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains("""sputnik_requests_running{model_name="sputnik-zero"} 0""", lines);
        Assert.Contains("""sputnik_cancelled_total{model_name="other",phase="decode"} 0""", lines);
        Assert.Contains("""sputnik_request_success_total{model_name="other",finished_reason="length"} 1""", lines);
        Assert.Contains("""sputnik_e2e_request_latency_seconds_bucket{model_name="other",le="+Inf"} 1""", lines);
        Assert.Contains("""sputnik_e2e_request_latency_seconds_count{model_name="sputnik-zero"} 0""", lines);
        Assert.Contains("""sputnik_rejected_total{reason="invalid_json"} 1""", lines);
        Assert.Distinct(lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]));
        string[] names = [.. lines.Where(line => line[0] != '#').Select(line => Family(line.Split('{', ' ')[0]))];
        Assert.Distinct(names.Where((name, i) => i == 0 || names[i - 1] != name));
    }

    [Fact]
    public void Two_models_that_answer_to_one_name_are_refused()
    {
        ServedModel latest = _served.Model with { Id = Zero + ":latest" };

        ArgumentException same = Assert.Throws<ArgumentException>(() => SputnikServer.Create([_served.Model, _served.Model], new() { Port = 0 }, _served.Store));
        Assert.Throws<ArgumentException>(() => SputnikServer.Create([_served.Model, latest], new() { Port = 0 }, _served.Store));
        Assert.Throws<ArgumentException>(() => SputnikServer.Create([], new() { Port = 0 }, _served.Store));

        Assert.Contains("'sputnik-zero'", same.Message, StringComparison.Ordinal);
    }

    private static async Task<string> Answer(ServedZero served, string? model, int seed)
    {
        string fields = string.Create(CultureInfo.InvariantCulture, $$""" "messages":[{"role":"user","content":"Solve for x: {{seed + 2}}x = 8."}],"max_tokens":40,"seed":{{seed}},"temperature":1,"logprobs":true """);
        (int status, JsonElement body) = await served.Post(Chat, model is null ? $"{{{fields}}}" : With(fields, model));

        Assert.Equal(200, status);
        return body.GetProperty("choices").GetRawText();
    }

    private static string With(string fields, string model) => $$"""{"model":"{{model}}",{{fields}}}""";

    private static string? Model(JsonElement body) => body.GetProperty("model").GetString();

    // A histogram's lines have three names.
    private static string Family(string name) => name.Replace("_bucket", "", StringComparison.Ordinal).Replace("_sum", "", StringComparison.Ordinal).Replace("_count", "", StringComparison.Ordinal);

    private static int Cached(JsonElement body) => body.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32();

    private static string Message(JsonElement body) =>
        body.GetProperty("error") is { ValueKind: JsonValueKind.Object } error ? error.GetProperty("message").GetString()! : body.GetProperty("error").GetString()!;

    /// <summary>Holds an engine in the midst of a step until it is opened.</summary>
    private sealed class Turnstile : ITokenGuide, IDisposable
    {
        public ManualResetEventSlim Entered { get; } = new();

        public ManualResetEventSlim Open { get; } = new();

        public bool Passed { get; private set; }

        public int? Force() => null;

        public FinishReason? Ended => null;

        public bool Restrict(TokenMask allowed)
        {
            Entered.Set();
            Open.Wait(Cancellation);
            Passed = true;
            return false;
        }

        public void Accept(int token)
        {
        }

        public void Dispose()
        {
            Open.Set();
            Entered.Dispose();
        }
    }
}
