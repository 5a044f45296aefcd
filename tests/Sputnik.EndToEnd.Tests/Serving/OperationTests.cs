using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Sputnik.Generation;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>What those who run a server read of it.</summary>
public sealed partial class OperationTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServedZero _served;

    public OperationTests() => _served = new(new ServerOptions { Runs = _folder.In("runs") });

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Metrics_count_what_was_answered_in_Prometheus_form()
    {
        string before = await Metrics();
        (_, JsonElement answer) = await _served.Post("/v1/chat/completions", """{"messages":[{"role":"user","content":"2x = 8"}],"max_tokens":8}""");
        await _served.Post("/v1/chat/completions", "{");

        string text = await Metrics();

        JsonElement usage = answer.GetProperty("usage");
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(usage.GetProperty("prompt_tokens").GetInt32(), Value(text, "sputnik_prompt_tokens_total") - Value(before, "sputnik_prompt_tokens_total"));
        Assert.Equal(usage.GetProperty("completion_tokens").GetInt32(), Value(text, "sputnik_generation_tokens_total") - Value(before, "sputnik_generation_tokens_total"));
        Assert.Equal(Value(text, "sputnik_generation_tokens_total"), Value(text, "llamacpp:tokens_predicted_total"));
        Assert.Contains("sputnik_requests_running 0", lines);
        Assert.Contains("sputnik_requests_waiting 0", lines);
        Assert.Contains("sputnik_kv_cache_pages_used 0", lines);
        Assert.Contains("sputnik_rejected_total{reason=\"invalid_json\"} 1", lines);
        Assert.All(lines, line => Assert.Matches(Line(), line));
        Assert.Distinct(lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]));
    }

    [Theory]
    [InlineData("sputnik_time_to_first_token_seconds")]
    [InlineData("sputnik_e2e_request_latency_seconds")]
    [InlineData("sputnik_request_queue_time_seconds")]
    [InlineData("sputnik_request_prefill_time_seconds")]
    [InlineData("sputnik_request_decode_time_seconds")]
    public async Task Each_answer_is_measured_once(string histogram)
    {
        await _served.Post("/v1/chat/completions", """{"messages":[{"role":"user","content":"2x = 8"}],"max_tokens":8}""");
        await _served.Post("/v1/completions", """{"prompt":"2x = 8","max_tokens":8}""");

        string text = await Metrics();

        Assert.Equal(2, Value(text, histogram + "_count"));
        Assert.True(Value(text, histogram + "_sum") > 0);
    }

    [Fact]
    public async Task Queue_prefill_and_decode_add_up_to_less_than_the_whole()
    {
        await _served.Post("/v1/chat/completions", """{"messages":[{"role":"user","content":"2x = 8"}],"max_tokens":8}""");

        string text = await Metrics();

        double parts = Value(text, "sputnik_request_queue_time_seconds_sum") + Value(text, "sputnik_request_prefill_time_seconds_sum") + Value(text, "sputnik_request_decode_time_seconds_sum");
        Assert.InRange(parts, double.Epsilon, Value(text, "sputnik_e2e_request_latency_seconds_sum"));
    }

    [Fact]
    public async Task Ollama_is_told_the_times_that_the_metrics_have()
    {
        (_, JsonElement answer) = await _served.Post("/api/chat", """{"model":"sputnik-zero","stream":false,"messages":[{"role":"user","content":"2x = 8"}],"options":{"num_predict":8}}""");

        string text = await Metrics();

        // Differences of times that were rounded to 100 ns each.
        Assert.Equal(Value(text, "sputnik_request_prefill_time_seconds_sum") * 1e9, answer.GetProperty("prompt_eval_duration").GetDouble(), tolerance: 201);
        Assert.Equal(Value(text, "sputnik_request_decode_time_seconds_sum") * 1e9, answer.GetProperty("eval_duration").GetDouble(), tolerance: 201);
    }

    [Fact]
    public async Task A_server_is_ready_when_its_model_was_tried_and_until_it_ends()
    {
        (int status, JsonElement body) = await _served.Get("/readyz");
        double tried = Value(await Metrics(), "sputnik_generation_tokens_total");

        Assert.Equal((200, "ok"), (status, body.GetProperty("status").GetString()));
        Assert.Equal(4, tried);
    }

    [Fact]
    public async Task A_server_whose_model_was_not_tried_yet_lives_and_is_not_ready()
    {
        Engine engine = _served.Model.Responder.Engine;
        SelfTest test = new(engine);
        using Drain drain = new(TimeProvider.System);
        Probes probes = new([test], drain);

        string? before = probes.Trouble();
        await test.Run(TestContext.Current.CancellationToken);
        string? after = probes.Trouble();
        await drain.Wait(TimeSpan.Zero);

        Assert.Equal(("starting", (string?)null, "ending"), (before, after, probes.Trouble()));
    }

    [Fact]
    public async Task The_OpenAPI_document_names_every_route_and_no_other()
    {
        (_, JsonElement document) = await _served.Get("/openapi.json");

        IEnumerable<string> documented = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));
        IEnumerable<string> mapped = _served.Server.Endpoints
            .Where(route => route.RoutePattern.RawText is { } path && path != "/" && !PageFiles.Paths.Contains(path.TrimStart('/')))
            .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText!.Replace("{*", "{", StringComparison.Ordinal)}"));
        Assert.Equal(mapped.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_file_of_the_page_is_served_with_its_type()
    {
        Assert.SkipWhen(PageFiles.Paths.Count == 0, "The page is not in this build.");
        foreach (string path in PageFiles.Paths)
        {
            using HttpResponseMessage response = await _served.Client.GetAsync("/" + path, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.NotEqual("application/octet-stream", path.Contains("LICENSE", StringComparison.Ordinal) ? "" : response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("/../Sputnik.Server.dll")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/ui/runs/..%2f..%2fetc/metrics")]
    [InlineData("/ui/runs/%2e%2e/metrics")]
    public async Task No_path_leads_out_of_the_page_or_the_runs(string path)
    {
        using HttpResponseMessage response = await _served.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_run_is_shown_as_far_as_it_is_written()
    {
        string run = Directory.CreateDirectory(System.IO.Path.Combine(_folder.In("runs"), "zero 1")).FullName;
        File.WriteAllText(System.IO.Path.Combine(run, "run.json"), "{}");
        File.WriteAllText(System.IO.Path.Combine(run, "metrics.jsonl"), """
            {"stage":"pretrain","step":1,"steps":2,"loss":5.5}
            {"stage":"pretrain","step":2,"steps":2,"loss":4.5}
            {"stage":"zero","step":1,"steps":1,"loss":0,"reward":0.25}
            {"stage":"zero","st
            """);
        File.WriteAllText(System.IO.Path.Combine(run, "rollouts.jsonl"), """{"step":1,"stage":"zero","prompt":"2x = 8","response":"4","score":1,"why":"right","reward":1}""");

        (_, JsonElement runs) = await _served.Get("/ui/runs");
        (_, JsonElement metrics) = await _served.Get("/ui/runs/zero%201/metrics");
        (_, JsonElement rollouts) = await _served.Get("/ui/runs/zero%201/rollouts");

        Assert.Equal("""{"name":"zero 1","stages":["pretrain","zero"],"state":"running"}""", Without(runs[0], "started"));
        Assert.Equal("""{"pretrain.loss":[[1,5.5],[2,4.5]],"zero.loss":[[3,0]],"zero.reward":[[3,0.25]]}""", metrics.GetProperty("series").GetRawText());
        Assert.Equal("4", rollouts[0].GetProperty("answer").GetString());
        Assert.Equal(404, (await _served.Get("/ui/runs/none/metrics")).Status);
    }

    [Fact]
    public async Task A_damaged_summary_hides_no_other_run()
    {
        Summary("zero 2", """{"finished":tr""");
        Summary("zero 3", """{"finished":true}""");

        (_, JsonElement runs) = await _served.Get("/ui/runs");

        Assert.Equal(["zero 2 unreadable", "zero 3 finished"], runs.EnumerateArray().Select(run => $"{run.GetProperty("name")} {run.GetProperty("state")}").Order());
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_the_server_s_fault_and_is_logged()
    {
        using FileStream locked = new(Summary("zero 2", "{}"), FileMode.Open, FileAccess.Write, FileShare.None);

        (int status, JsonElement body) = await _served.Get("/ui/runs");

        Assert.Equal(500, status);
        Assert.Equal("internal_error", body.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("IOException", Assert.Single(_served.Log), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_has_its_keys_and_its_ledger_when_it_is_opened_again()
    {
        string path = _folder.In("server.db");
        string secret;
        using (ServerStore first = ServerStore.Open(path))
        {
            (secret, ApiKey key) = first.Keys.Add("alice", Scope.Chat, new() { TokensPerDay = 7 }, DateTimeOffset.UnixEpoch);
            first.Ledger.Add(new(2026, 1, 2), key.Id, "m", new(3, 1, 2, 1), TimeSpan.FromHours(1));
            first.Ledger.Add(new(2026, 1, 2), key.Id, "m", new(3, 1, 2, 1), TimeSpan.FromHours(1));

            // Another process, before the first has closed.
            using ServerStore second = ServerStore.Open(path);
            Assert.Equal("alice", second.Keys.Find(secret)?.Name);
        }

        using ServerStore again = ServerStore.Open(path);
        Assert.Equal(7, again.Keys.Find(secret)?.Limits.TokensPerDay);
        LedgerDay day = Assert.Single(again.Ledger.Since(new(2026, 1, 2)));
        Assert.Equal(new LedgerTokens(2, 6, 4, 2), day.Tokens);
        Assert.Equal(2, day.CpuHours);
        Assert.DoesNotContain(secret, File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_store_is_refused_by_its_name()
    {
        string path = _folder.In("other.db");
        File.WriteAllText(path, "This is a letter, not a store; it is long enough to have no header of SQLite's at all in it.");

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => ServerStore.Open(path)).Message, StringComparison.Ordinal);
    }

    private Task<string> Metrics() => _served.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

    private static double Value(string text, string name) =>
        double.Parse(text.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..], CultureInfo.InvariantCulture);

    private string Summary(string run, string text)
    {
        string folder = Directory.CreateDirectory(System.IO.Path.Combine(_folder.In("runs"), run)).FullName;
        string summary = System.IO.Path.Combine(folder, "summary.json");
        File.WriteAllText(System.IO.Path.Combine(folder, "run.json"), "{}");
        File.WriteAllText(summary, text);
        return summary;
    }

    private static string Without(JsonElement element, string name) => $$"""{{{string.Join(',', element.EnumerateObject().Where(p => p.Name != name).Select(p => $"\"{p.Name}\":{p.Value.GetRawText()}"))}}}""";

    [GeneratedRegex("""^(# (HELP|TYPE) .+|[a-z0-9_:]+(\{[a-z_]+="[^"]*"\})? [0-9.E+-]+)$""")]
    private static partial Regex Line();
}
