using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>Who may use which route, and how much.</summary>
public sealed partial class KeysTests : IAsyncLifetime
{
    private const string Question = """{"messages":[{"role":"user","content":"Solve for x: 2x = 8."}],"max_tokens":8}""";

    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private readonly ServedZero _served = new(new ServerOptions { PricePerCoreHour = 0.5, ApiPrice = new() { Prompt = 3, Completion = 7 } });

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task No_route_is_reached_without_a_key_but_the_page_and_the_probes()
    {
        string[] open = ["/", "/livez", "/readyz", "/health", .. PageFiles.Paths.Select(path => "/" + path)];
        _served.Store.Keys.Add("alice", Scope.All, new(), Now);

        List<string> reached = [];
        foreach (RouteEndpoint route in _served.Server.Endpoints)
        {
            foreach (string method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                string path = "/" + Parameter().Replace(route.RoutePattern.RawText!.TrimStart('/'), "x");
                if (await Status(method, path, null) != HttpStatusCode.Unauthorized)
                {
                    reached.Add(path);
                }
            }
        }

        Assert.Equal(open.Order(StringComparer.Ordinal), reached.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("GET", "/no/such/route", null));
    }

    [Theory]
    [InlineData(Scope.Chat, "/v1/models", "GET", false)]
    [InlineData(Scope.Models, "/v1/models", "GET", true)]
    [InlineData(Scope.Models, "/v1/chat/completions", "POST", false)]
    [InlineData(Scope.Metrics, "/metrics", "GET", true)]
    [InlineData(Scope.Chat, "/metrics", "GET", false)]
    [InlineData(Scope.Chat, "/ui/runs", "GET", false)]
    [InlineData(Scope.Admin, "/ui/runs", "GET", true)]
    public async Task A_key_does_what_its_scope_says(Scope scope, string path, string method, bool may)
    {
        (string secret, _) = _served.Store.Keys.Add("bob", scope, new(), Now);

        HttpStatusCode status = await Status(method, path, secret);

        Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task A_revoked_key_ends_at_once_and_does_not_open_the_server()
    {
        (string secret, ApiKey key) = _served.Store.Keys.Add("carol", Scope.All, new(), Now);
        HttpStatusCode before = await Status("GET", "/v1/models", secret);

        _served.Store.Keys.Revoke(key.Id, Now);

        Assert.Equal(HttpStatusCode.OK, before);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("GET", "/v1/models", secret));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("GET", "/v1/models", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("GET", "/v1/models", secret + "x"));
    }

    [Fact]
    public async Task Anthropics_header_is_read_too()
    {
        (string secret, _) = _served.Store.Keys.Add("dave", Scope.All, new(), Now);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Add("x-api-key", secret);

        using HttpResponseMessage response = await _served.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Requests_over_a_limit_are_refused_with_when_to_come_back()
    {
        (string secret, _) = _served.Store.Keys.Add("erin", Scope.All, new() { RequestsPerMinute = 2 }, Now);
        _served.Client.DefaultRequestHeaders.Authorization = new("Bearer", secret);

        using HttpResponseMessage first = await _served.Client.GetAsync("/v1/models", TestContext.Current.CancellationToken);
        await _served.Get("/v1/models");
        using HttpResponseMessage third = await _served.Client.GetAsync("/v1/models", TestContext.Current.CancellationToken);

        Assert.Equal("2", first.Headers.GetValues("x-ratelimit-limit-requests").Single());
        Assert.Equal("1", first.Headers.GetValues("x-ratelimit-remaining-requests").Single());
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tokens_over_a_limit_are_refused(bool aDay)
    {
        KeyLimits limits = aDay ? new() { TokensPerDay = 1 } : new() { TokensPerMinute = 1 };
        (string secret, _) = _served.Store.Keys.Add("frank", Scope.All, limits, Now);
        _served.Client.DefaultRequestHeaders.Authorization = new("Bearer", secret);

        (int first, _) = await _served.Post("/v1/chat/completions", Question);
        (int second, JsonElement body) = await _served.Post("/v1/chat/completions", Question);

        Assert.Equal((200, 429), (first, second));
        Assert.Equal(aDay ? "insufficient_quota" : "rate_limit_exceeded", body.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_ledger_shows_a_key_its_own_cost_and_an_admin_all()
    {
        (string own, _) = _served.Store.Keys.Add("grace", Scope.Chat, new(), Now);
        (string other, _) = _served.Store.Keys.Add("heidi", Scope.Chat, new(), Now);
        (string admin, _) = _served.Store.Keys.Add("root", Scope.Admin, new(), Now);
        JsonElement usage = await Ask(own);
        await Ask(other);

        JsonElement[] mine = await Days(own), all = await Days(admin);

        JsonElement line = Assert.Single(mine);
        Assert.Equal("grace", line.GetProperty("key").GetString());
        foreach (string field in (string[])["prompt_tokens", "completion_tokens"])
        {
            Assert.Equal(usage.GetProperty(field).GetInt32(), line.GetProperty(field).GetInt32());
        }

        double hours = line.GetProperty("cpu_hours").GetDouble();
        Assert.InRange(hours, double.Epsilon, 1);
        Assert.Equal(hours * 0.5, line.GetProperty("cost").GetDouble(), 12);
        Assert.Equal(
            ((usage.GetProperty("prompt_tokens").GetInt32() * 3) + (usage.GetProperty("completion_tokens").GetInt32() * 7)) / 1e6,
            line.GetProperty("api_cost").GetDouble(), 12);
        Assert.Equal(["grace", "heidi"], all.Select(day => day.GetProperty("key").GetString()).Order());
    }

    [Fact]
    public async Task The_audit_says_who_and_which_route_and_nothing_of_what_was_asked()
    {
        (string secret, ApiKey key) = _served.Store.Keys.Add("ivan", Scope.All, new(), Now);

        await Status("GET", "/v1/models/some-secret-name", secret);

        // A line is written behind the last byte: a server that has ended has written it.
        await _served.Server.StopAsync();
        AuditLine line = Assert.Single(_served.Store.Audit.Newest(2));
        Assert.Equal((key.Id, 404), (line.Key, line.Status));
        Assert.Equal("/v1/models/{*id}", line.Route);
    }

    [Fact]
    public async Task The_audit_has_what_a_key_may_not_do_and_neither_strangers_nor_the_page_s_own_questions()
    {
        (string secret, ApiKey key) = _served.Store.Keys.Add("judy", Scope.Admin | Scope.Metrics, new(), Now);

        await Status("GET", "/v1/models", null);
        await Status("GET", "/v1/models", secret + "x");
        await Status("GET", "/ui/runs", secret);
        await Status("GET", "/v1/models", secret);
        _served.Client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        string metrics = await _served.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        await _served.Server.StopAsync();

        Assert.Equal([(key.Id, "/metrics", 200), (key.Id, "/v1/models", 403)], _served.Store.Audit.Newest(10).Select(line => (line.Key, line.Route, line.Status)));
        Assert.Contains("sputnik_rejected_total{reason=\"invalid_api_key\"} 2", metrics, StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> Status(string method, string path, string? secret)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = method == "POST" ? ServedZero.Json(Question) : null };
        request.Headers.Authorization = secret is null ? null : new("Bearer", secret);
        using HttpResponseMessage response = await _served.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private async Task<JsonElement> Ask(string secret)
    {
        _served.Client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        (_, JsonElement body) = await _served.Post("/v1/chat/completions", Question);
        return body.GetProperty("usage");
    }

    private async Task<JsonElement[]> Days(string secret)
    {
        _served.Client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        (_, JsonElement body) = await _served.Get("/ui/usage");
        return [.. body.GetProperty("days").EnumerateArray()];
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
