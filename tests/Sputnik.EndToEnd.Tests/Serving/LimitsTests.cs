using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sputnik.Generation;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>What one request may ask for, and how a server behaves when it is asked too much or told to end.</summary>
public sealed class LimitsTests
{
    private const string Path = "/v1/chat/completions";

    private static readonly ServerOptions Small = new()
    {
        BodyBytes = 20_000,
        Messages = 3,
        ContentParts = 2,
        Tools = 1,
        SchemaCharacters = 200,
        SchemaDepth = 5,
        RegexCharacters = 10,
        Choices = 2,
        StopStrings = 1,
        StopCharacters = 3,
        LogitBiases = 1,
        TopLogProbs = 2,
        Prompts = 2,
    };

    public static TheoryData<string, string> OverTheLimits => new()
    {
        { """{"messages":[{"role":"user","content":"a"},{"role":"user","content":"a"},{"role":"user","content":"a"},{"role":"user","content":"a"}]}""", "messages" },
        { """{"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"a"},{"type":"text","text":"a"}]}]}""", "messages[0].content" },
        { With(""" "tools":[{"type":"function","function":{"name":"a"}},{"type":"function","function":{"name":"b"}}] """), "tools" },
        { With(""" "tools":[{"type":"function","function":{"name":"a","parameters":{"description":"LONG"}}}] """.Replace("LONG", new string('a', 300), StringComparison.Ordinal)), "tools[0].function.parameters" },
        { With(""" "response_format":{"type":"json_schema","json_schema":{"schema":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}} """), "response_format.json_schema.schema" },
        { With(""" "regex":"aaaaaaaaaaaaaaaa" """), "regex" },
        { With($$""" "grammar":"{{new string('a', 300)}}" """), "grammar" },
        { With(""" "n":3 """), "n" },
        { With(""" "stop":["a","b"] """), "stop" },
        { With(""" "stop":"abcd" """), "stop" },
        { With(""" "logit_bias":{"1":1,"2":1} """), "logit_bias" },
        { With(""" "logprobs":true,"top_logprobs":3 """), "top_logprobs" },
    };

    [Theory]
    [MemberData(nameof(OverTheLimits))]
    public async Task A_request_over_a_limit_is_refused_by_its_name(string request, string param)
    {
        await using ServedZero served = new(Small);
        await served.InitializeAsync();

        (int status, JsonElement body) = await served.Post(Path, request);

        Assert.Equal(400, status);
        Assert.Equal(param, body.GetProperty("error").GetProperty("param").GetString());
    }

    [Fact]
    public async Task More_prompts_than_the_limit_are_refused()
    {
        await using ServedZero served = new(Small);
        await served.InitializeAsync();

        (int status, JsonElement body) = await served.Post("/v1/completions", """{"prompt":["a","b","c"]}""");

        Assert.Equal(400, status);
        Assert.Equal("prompt", body.GetProperty("error").GetProperty("param").GetString());
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_cut_off_with_an_error_in_its_stream()
    {
        await using ServedZero served = new(new ServerOptions { RequestTime = TimeSpan.Zero });
        await served.InitializeAsync();

        JsonElement[] events = await served.Events(Path, With(""" "stream":true,"max_tokens":250 """));

        Assert.Equal("request_timeout", events[^1].GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_server_told_to_end_refuses_what_is_new_and_finishes_what_runs()
    {
        await using ServedZero served = new(new ServerOptions());
        await served.InitializeAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, Path) { Content = ServedZero.Json(With(""" "stream":true,"max_tokens":200,"seed":1 """)) };
        using HttpResponseMessage streaming = await served.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        Task ending = served.Server.StopAsync();
        string answer = await streaming.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await ending;

        Assert.EndsWith("data: [DONE]\n\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_may_not_wait_ends_what_runs_with_an_error_in_its_stream()
    {
        await using ServedZero served = new(new ServerOptions { DrainTime = TimeSpan.Zero });
        await served.InitializeAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, Path) { Content = ServedZero.Json(With(""" "stream":true,"max_tokens":250,"temperature":2 """)) };
        using HttpResponseMessage streaming = await served.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        await served.Server.StopAsync();
        string answer = await streaming.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        // On a fast machine the answer is whole before the end is told.
        Assert.True(answer.Contains("shutting_down", StringComparison.Ordinal) || answer.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task A_stream_that_waits_gives_signs_of_life()
    {
        await using ServedZero served = new();
        ServerOptions options = new() { KeepAlive = TimeSpan.FromMilliseconds(1) };
        await using Traces traces = new(null, served.Log.Add, TimeProvider.System);
        AnswerDesk desk = new Desks([served.Model], options, new(options, served.Store, TimeProvider.System), TimeProvider.System, traces, TestContext.Current.CancellationToken).Of(null);
        using MemoryStream sent = new();
        DefaultHttpContext context = new() { Response = { Body = sent } };
        EventStream stream = new(context, options);
        using RequestWatch watch = new(desk, context, "chat");
        TaskCompletionSource alive = new();

        // What it waits for comes only after a sign of life.
        await foreach (int _ in watch.Watch(After(alive.Task), () => null, Sign))
        {
            await stream.End();
        }

        Assert.StartsWith(": keep-alive\n\n", Encoding.UTF8.GetString(sent.ToArray()), StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", Encoding.UTF8.GetString(sent.ToArray()), StringComparison.Ordinal);

        async Task Sign()
        {
            await stream.Ping();
            alive.TrySetResult();
        }

        static async IAsyncEnumerable<int> After(Task task)
        {
            await task;
            yield return 1;
        }
    }

    [Fact]
    public async Task Thinking_is_stopped_by_the_id_that_a_stream_begins_with()
    {
        await using ServedZero served = new(new ServerOptions(), new EngineOptions { MaxSequences = 1 });
        await served.InitializeAsync();

        // Others keep the engine busy, so that this answer still waits when it is stopped.
        List<HttpResponseMessage> others = [];
        for (int i = 0; i < 7; i++)
        {
            others.Add(await Begin(served, With(""" "stream":true,"max_tokens":250,"n":4,"temperature":2 """)));
        }

        using HttpResponseMessage streaming = await Begin(served, With(""" "stream":true,"max_tokens":250,"temperature":0 """));
        using var lines = new StreamReader(await streaming.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        string first = await lines.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        string id = JsonDocument.Parse(first["data: ".Length..]).RootElement.GetProperty("id").GetString()!;

        (int status, _) = await served.Post($"{Path}/{id}/stop-thinking", "{}");
        others.ForEach(other => other.Dispose());
        string rest = await lines.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(200, status);
        Assert.Contains("\"budget_forced\":true", rest, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_is_charged_for_what_was_computed()
    {
        await using ServedZero served = new(new ServerOptions());
        await served.InitializeAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, Path) { Content = ServedZero.Json(With(""" "stream":true,"max_tokens":250 """)) };

        using (HttpResponseMessage streaming = await served.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        using (StreamReader lines = new(await streaming.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)))
        {
            // The stream begins before the engine does; a piece of text shows that the prompt was computed.
            while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is string sent && (sent.Contains("\"role\"", StringComparison.Ordinal) || !sent.Contains("content\":\"", StringComparison.Ordinal)))
            {
            }
        }

        await served.Server.StopAsync();

        LedgerDay line = Assert.Single(served.Store.Ledger.Since(DateOnly.MinValue));
        Assert.Equal(1, line.Tokens.Requests);
        Assert.InRange(line.Tokens.Prompt, 1, 320);
        Assert.Empty(served.Log);
    }

    [Theory]
    [InlineData("0.0.0.0", false, false)]
    [InlineData("::", true, false)]
    [InlineData("0.0.0.0", false, true)]
    [InlineData("example.org", true, true)]
    public void A_server_that_others_reach_needs_a_key_and_TLS_or_a_proxy(string host, bool key, bool proxy)
    {
        var options = new ServerOptions { Host = host, ApiKeys = key ? ["sk-0123456789abcdef"] : [], BehindProxy = proxy };

        Assert.Throws<ArgumentException>(() => options.Validate(hasKeys: false));
    }

    [Theory]
    [InlineData(true, new string[0])]
    [InlineData(false, new[] { "llm.example.org" })]
    public void A_server_on_loopback_that_a_proxy_lets_others_reach_needs_a_key(bool proxy, string[] names)
    {
        var options = new ServerOptions { BehindProxy = proxy, AllowedHosts = names };

        Assert.Throws<ArgumentException>(() => options.Validate(hasKeys: false));
        Assert.Same(options, options.Validate(hasKeys: true));
    }

    [Fact]
    public void A_server_that_others_reach_starts_with_a_key_behind_a_proxy()
    {
        var options = new ServerOptions { Host = "0.0.0.0", ApiKeys = ["sk-0123456789abcdef"], BehindProxy = true };

        Assert.Same(options, options.Validate(hasKeys: false));
    }

    [Fact]
    public async Task A_server_answers_by_the_address_it_was_bound_to()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "This system's loopback has one address.");
        await using ServedZero served = new(new ServerOptions { Host = "127.0.0.2" });
        await served.InitializeAsync();

        (int status, _) = await served.Get("/v1/models");

        Assert.Equal("127.0.0.2", served.Server.Url.Host);
        Assert.Equal(200, status);
    }

    [Fact]
    public async Task A_key_may_not_have_more_bodies_open_than_requests_that_run_and_wait()
    {
        await using ServedZero served = new(new ServerOptions(), new EngineOptions { MaxSequences = 1, QueueLengthPerOwner = 1 });
        await served.InitializeAsync();
        (string first, _) = served.Store.Keys.Add("first", Scope.All, new(), DateTimeOffset.UnixEpoch);
        (string second, _) = served.Store.Keys.Add("second", Scope.All, new(), DateTimeOffset.UnixEpoch);

        // A body is asked for when its request has been let in.
        using SocketsHttpHandler patient = new() { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan };
        using HttpClient client = new(patient) { BaseAddress = served.Server.Url };
        HeldBody[] bodies = [new(With(""" "max_tokens":2 """)), new(With(""" "max_tokens":2 """))];
        Task<HttpResponseMessage>[] held = [.. bodies.Select(body => Send(client, first, body))];
        await Task.WhenAll(bodies.Select(body => body.Asked));

        using HttpResponseMessage third = await Send(client, first, ServedZero.Json(With(""" "max_tokens":2 """)));
        using HttpResponseMessage end = await Send(client, first, ServedZero.Json("{}"), Path + "/chatcmpl-none/stop-thinking");
        using HttpResponseMessage other = await Send(client, second, ServedZero.Json(With(""" "max_tokens":2 """)));

        // One after the other: together they could find the one place of the engine's queue taken.
        bodies[0].Release();
        using HttpResponseMessage one = await held[0];
        bodies[1].Release();
        using HttpResponseMessage two = await held[1];

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.NotNull(third.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.NotFound, end.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (one.StatusCode, two.StatusCode));
    }

    [Fact]
    public void A_request_that_has_ended_makes_room_for_the_key_s_next()
    {
        InFlight open = new(2);
        open.Enter("a");
        open.Enter("a");
        open.Enter("b");

        Assert.Equal(429, Assert.Throws<ApiException>(() => open.Enter("a")).Error.Status);
        open.Leave("a");
        open.Enter("a");
        Assert.Throws<ApiException>(() => open.Enter("a"));
    }

    [Fact]
    public async Task A_full_queue_is_told_with_when_to_come_back()
    {
        await using ServedZero served = new(new ServerOptions(), new EngineOptions { QueueLength = 1, QueueLengthPerOwner = 1, MaxSequences = 1 });
        await served.InitializeAsync();

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            served.Client.PostAsync(Path, ServedZero.Json(With(""" "max_tokens":100 """)), TestContext.Current.CancellationToken)));

        HttpResponseMessage[] refused = [.. responses.Where(response => response.StatusCode != HttpStatusCode.OK)];
        Assert.NotEmpty(refused);
        Assert.All(refused, response =>
        {
            Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests]);
            Assert.NotNull(response.Headers.RetryAfter);
        });
    }

    /// <summary>The beginning of a stream: the request has been put to the engine.</summary>
    private static async Task<HttpResponseMessage> Begin(ServedZero served, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Path) { Content = ServedZero.Json(body) };
        return await served.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static Task<HttpResponseMessage> Send(HttpClient client, string secret, HttpContent body, string path = Path)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path) { Content = body };
        request.Headers.ExpectContinue = true;
        request.Headers.Authorization = new("Bearer", secret);
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string With(string field) => $$"""{"messages":[{"role":"user","content":"Solve for x: 2x = 8."}],{{field}}}""";
}
