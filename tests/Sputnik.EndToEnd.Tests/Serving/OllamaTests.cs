using System.Text.Json;

namespace Sputnik.EndToEnd.Tests;

/// <summary>Ollama's dialect.</summary>
public sealed class OllamaTests(ServedZero served) : IClassFixture<ServedZero>
{
    private const string Options = """ "options":{"num_predict":60,"temperature":0} """;

    public static TheoryData<string, string, string> Requests => new()
    {
        { "/api/chat", """ "messages":[{"role":"user","content":"Solve for x: 3x + 4 = 19."}] """, "message" },
        { "/api/generate", """ "prompt":"Solve for x: 3x + 4 = 19." """, "" },
        { "/api/generate", """ "raw":true,"prompt":"Solve for x: 3x + 4 = 19." """, "" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_stream_of_lines_joined_is_the_answer_that_is_not_streamed(string path, string request, string within)
    {
        (int status, JsonElement whole) = await served.Post(path, $$"""{"stream":false,{{request}},{{Options}}}""");
        JsonElement[] lines = [.. (await served.Lines(path, $$"""{{{request}},{{Options}}}""")).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement)];

        Assert.Equal(200, status);
        foreach (string field in (string[])[within.Length > 0 ? "content" : "response", "thinking"])
        {
            Assert.Equal(Of(whole, within, field), string.Concat(lines.Select(line => Of(line, within, field))));
        }

        Assert.All(lines[..^1], line => Assert.False(line.GetProperty("done").GetBoolean()));
        JsonElement last = lines[^1];
        Assert.True(last.GetProperty("done").GetBoolean());
        foreach (string field in (string[])["done_reason", "prompt_eval_count", "eval_count"])
        {
            Assert.Equal(whole.GetProperty(field).GetRawText(), last.GetProperty(field).GetRawText());
        }
    }

    [Fact]
    public async Task What_clients_ask_before_they_begin_is_answered()
    {
        (_, JsonElement tags) = await served.Get("/api/tags");
        (_, JsonElement version) = await served.Get("/api/version");
        (_, JsonElement ps) = await served.Get("/api/ps");
        (int status, JsonElement show) = await served.Post("/api/show", """{"model":"sputnik-zero:latest"}""");
        (_, JsonElement loaded) = await served.Post("/api/chat", """{"model":"sputnik-zero"}""");

        Assert.Equal("sputnik-zero", tags.GetProperty("models")[0].GetProperty("name").GetString());
        Assert.NotEqual("", version.GetProperty("version").GetString());
        Assert.Equal(served.Model.ContextTokens, ps.GetProperty("models")[0].GetProperty("context_length").GetInt32());
        Assert.Equal(200, status);
        Assert.Equal("deepseek_v3", show.GetProperty("model_info").GetProperty("general.architecture").GetString());
        Assert.Equal("load", loaded.GetProperty("done_reason").GetString());
    }

    [Theory]
    [InlineData("/api/chat", """{"model":"llama3","messages":[{"role":"user","content":"x"}]}""", 404)]
    [InlineData("/api/chat", """{"messages":[{"role":"user","content":"x"}],"think":7}""", 400)]
    [InlineData("/api/chat", "{", 400)]
    [InlineData("/api/generate", """{"prompt":"x","template":"{{ .Prompt }}"}""", 400)]
    [InlineData("/api/generate", """{"prompt":"x","options":{"num_predict":-7}}""", 400)]
    [InlineData("/api/create", "{}", 404)]
    [InlineData("/api/push", "{}", 404)]
    [InlineData("/api/pull", "{}", 404)]
    public async Task Errors_have_Ollamas_shape(string path, string request, int status)
    {
        (int got, JsonElement body) = await served.Post(path, request);

        Assert.Equal(status, got);
        Assert.NotEqual("", body.GetProperty("error").GetString());
    }

    private static string Of(JsonElement line, string within, string field)
    {
        JsonElement holder = within.Length > 0 ? line.GetProperty(within) : line;
        return holder.TryGetProperty(field, out JsonElement text) ? text.GetString() ?? "" : "";
    }
}
