using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>Embeddings over HTTP, in OpenAI's dialect and in Ollama's.</summary>
public sealed class EmbeddingsTests(ServedZero served) : IClassFixture<ServedZero>
{
    private const string Path = "/v1/embeddings";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_becomes_a_vector_of_the_models_width_and_of_length_one()
    {
        (int status, JsonElement body) = await served.Post(Path, """{"model":"sputnik-zero","input":"3x + 4 = 19"}""");
        JsonElement item = Assert.Single(body.GetProperty("data").EnumerateArray());
        float[] vector = Floats(item.GetProperty("embedding"));

        Assert.Equal(200, status);
        Assert.Equal(("list", "embedding", 0), (body.GetProperty("object").GetString(), item.GetProperty("object").GetString(), item.GetProperty("index").GetInt32()));
        Assert.Equal("sputnik-zero", body.GetProperty("model").GetString());
        Assert.Equal(served.Model.Width, vector.Length);
        Assert.Equal(1, vector.Sum(x => (double)x * x), 1e-5);
        Assert.True(body.GetProperty("usage").GetProperty("prompt_tokens").GetInt32() > 0);
        Assert.Equal(body.GetProperty("usage").GetProperty("prompt_tokens").GetInt32(), body.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task Base64_holds_the_same_bits()
    {
        float[] plain = Assert.Single(await Vectors("""{"input":"x = 5","encoding_format":"float"}"""));
        (_, JsonElement body) = await served.Post(Path, """{"input":"x = 5","encoding_format":"base64"}""");
        byte[] bytes = body.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();

        Assert.Equal(plain.Length * 4, bytes.Length);
        Assert.Equal(plain, Enumerable.Range(0, plain.Length).Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * 4))));
    }

    [Fact]
    public async Task Several_texts_are_each_as_alone_and_token_ids_as_their_text()
    {
        (_, JsonElement tokens) = await served.Post("/tokenize", """{"content":"2x = 8","add_special":true}""");
        string ids = tokens.GetProperty("tokens").GetRawText();
        float[] first = Assert.Single(await Vectors("""{"input":"2x = 8"}"""));
        float[] second = Assert.Single(await Vectors("""{"input":["x + 1 = 3"]}"""));

        Assert.Equal([first, second], await Vectors("""{"input":["2x = 8","x + 1 = 3"]}"""));
        Assert.Equal([first], await Vectors($$"""{"input":{{ids}}}"""));
        Assert.Equal([first, first], await Vectors($$"""{"input":[{{ids}},{{ids}}],"dimensions":{{served.Model.Width}}}"""));
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("""{"input":""}""", "input", "invalid_value")]
    [InlineData("""{"input":[]}""", "input", "invalid_value")]
    [InlineData("""{"input":["x",""]}""", "input", "invalid_value")]
    [InlineData("""{"input":[[]]}""", "input", "invalid_value")]
    [InlineData("""{"input":[-1]}""", "input", "invalid_value")]
    [InlineData("""{"input":["x",5]}""", "input", "invalid_value")]
    [InlineData("""{"input":{"text":"x"}}""", "input", "invalid_value")]
    [InlineData("{}", "input", "invalid_value")]
    [InlineData("""{"input":"x","encoding_format":"int8"}""", "encoding_format", "invalid_value")]
    [InlineData("""{"input":"x","dimensions":3}""", "dimensions", "unsupported_parameter")]
    public async Task What_cannot_be_is_refused_by_its_name(string request, string param, string code)
    {
        (int status, JsonElement body) = await served.Post(Path, request);
        JsonElement error = body.GetProperty("error");

        Assert.Equal((400, param, code), (status, error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Too_many_and_too_long_are_refused_with_both_numbers()
    {
        (int many, JsonElement count) = await served.Post(Path, $$"""{"input":[{{string.Join(',', Enumerable.Repeat("\"x\"", 257))}}]}""");
        int context = served.Model.ContextTokens;
        (int wide, JsonElement length) = await served.Post(Path, $$"""{"input":["x",[{{string.Join(',', Enumerable.Repeat("5", context + 1))}}]]}""");

        Assert.Equal((400, 400), (many, wide));
        Assert.Contains("256, got 257", count.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("context_length_exceeded", length.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal((context + 1, context), (length.GetProperty("error").GetProperty("n_prompt_tokens").GetInt32(), length.GetProperty("error").GetProperty("n_ctx").GetInt32()));
    }

    [Fact]
    public async Task Ollamas_routes_give_the_same_vectors()
    {
        float[] vector = Assert.Single(await Vectors("""{"input":"2x = 8"}"""));
        (int many, JsonElement embed) = await served.Post("/api/embed", """{"model":"sputnik-zero","input":["2x = 8","x"]}""");
        (int one, JsonElement old) = await served.Post("/api/embeddings", """{"model":"sputnik-zero","prompt":"2x = 8"}""");
        (int cut, JsonElement refused) = await served.Post("/api/embed", """{"input":"x","truncate":true}""");

        Assert.Equal((200, 200, 400), (many, one, cut));
        Assert.Equal(2, embed.GetProperty("embeddings").GetArrayLength());
        Assert.Equal(vector, Floats(embed.GetProperty("embeddings")[0]));
        Assert.Equal(vector, Floats(old.GetProperty("embedding")));
        Assert.True(embed.GetProperty("prompt_eval_count").GetInt32() > 1);
        Assert.Contains("never cut", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_needs_its_scope_and_is_in_the_ledger()
    {
        await using ServedZero guarded = new(new() { Page = false });
        await guarded.InitializeAsync();
        (string chat, _) = guarded.Store.Keys.Add("chat", Scope.Chat, new(), guarded.Model.Created);
        (string embed, ApiKey key) = guarded.Store.Keys.Add("embed", Scope.Embed, new(), guarded.Model.Created);

        using HttpResponseMessage refused = await Ask(guarded, chat);
        using HttpResponseMessage answered = await Ask(guarded, embed);
        using JsonDocument body = JsonDocument.Parse(await answered.Content.ReadAsStringAsync(Cancellation));
        LedgerDay line = Assert.Single(guarded.Store.Ledger.Since(DateOnly.MinValue));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (refused.StatusCode, answered.StatusCode));
        Assert.Equal(key.Id, line.Key);
        Assert.Equal((body.RootElement.GetProperty("usage").GetProperty("prompt_tokens").GetInt64(), 0), (line.Tokens.Prompt, line.Tokens.Completion));
    }

    private static async Task<HttpResponseMessage> Ask(ServedZero served, string secret)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Path) { Content = ServedZero.Json("""{"input":"x"}""") };
        request.Headers.Authorization = new("Bearer", secret);
        return await served.Client.SendAsync(request, Cancellation);
    }

    private async Task<float[][]> Vectors(string request)
    {
        (int status, JsonElement body) = await served.Post(Path, request);
        Assert.True(status == 200, body.GetRawText());
        return [.. body.GetProperty("data").EnumerateArray().Select(item => Floats(item.GetProperty("embedding")))];
    }

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetSingle())];
}
