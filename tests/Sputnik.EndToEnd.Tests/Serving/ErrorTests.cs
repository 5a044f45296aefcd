using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Sputnik.EndToEnd.Tests;

/// <summary>Errors have the shape of the dialect that was spoken, wherever they come from.</summary>
public sealed class ErrorTests(ServedZero served) : IClassFixture<ServedZero>
{
    [Theory]
    [InlineData("/v1/chat/completions", "{", 400, "invalid_json")]
    [InlineData("/v1/chat/completions", "null", 400, "invalid_value")]
    [InlineData("/v1/chat/completions", """{"model":"gpt-9","messages":[{"role":"user","content":"x"}]}""", 404, "model_not_found")]
    [InlineData("/v1/chat/completions", """{"messages":[{"role":"user","content":"x"}],"regex":"("}""", 400, "invalid_value")]
    [InlineData("/v1/chat/completions", """{"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"schema":{"type":"string","format":"no-such"}}}}""", 400, "unsupported_parameter")]
    [InlineData("/v1/no/such/route", "{}", 404, "route_not_found")]
    [InlineData("/v1/models", "{}", 405, "method_not_allowed")]
    public async Task OpenAis_errors_have_a_code(string path, string request, int status, string code)
    {
        (int got, JsonElement body) = await served.Post(path, request);

        Assert.Equal(status, got);
        Assert.Equal(code, body.GetProperty("error").GetProperty("code").GetString());
        Assert.NotEqual("", body.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task JSON_nested_deeper_than_the_limit_is_refused()
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);

        (int status, JsonElement body) = await served.Post("/v1/chat/completions", $$"""{"messages":{{deep}}}""");

        Assert.Equal(400, status);
        Assert.Equal("invalid_json", body.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused()
    {
        // Who asks first is not cut off in the middle of the body.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = ServedZero.Json(new string(' ', (8 << 20) + 1)) };
        request.Headers.ExpectContinue = true;

        using HttpResponseMessage response = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("body_too_large", body.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_body_that_is_not_declared_as_JSON_is_refused()
    {
        using HttpResponseMessage response = await served.Client.PostAsync(
            "/v1/chat/completions", new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue("text/plain")), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "evil.example:8080")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_page_of_another_origin_is_refused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.TryAddWithoutValidation(header, value);

        using HttpResponseMessage response = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain(response.Headers, known => known.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/no/such/page")]
    [InlineData("/livez")]
    public async Task Everything_tells_browsers_what_not_to_do(string path)
    {
        using HttpResponseMessage response = await served.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Contains("script-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        Assert.False(response.Headers.Contains("Server"));
    }
}
