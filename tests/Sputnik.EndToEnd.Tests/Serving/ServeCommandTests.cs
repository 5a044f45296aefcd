using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sputnik.Cli;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>The program as a server.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_says_where_it_listens_answers_and_ends_whole_when_asked_to()
    {
        using Process process = SputnikProcess.Start("serve", "--model", Repository.File("models/sputnik-zero"), "--port", "0", "--json", "--store", _folder.In("server.db"));
        string ready = await process.StandardOutput.ReadLineAsync(Cancellation) ?? "";
        using var client = new HttpClient { BaseAddress = new(JsonDocument.Parse(ready).RootElement.GetProperty("url").GetString()!) };

        string models = await client.GetStringAsync("/v1/models", Cancellation);
        using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(Cancellation);

        Assert.Contains("sputnik-zero", models, StringComparison.Ordinal);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Several_models_are_served_each_by_its_name()
    {
        string model = Repository.File("models/sputnik-zero");
        using Process process = SputnikProcess.Start("serve", "--model", model, "--model", $"twin/two={model}", "--port", "0", "--json", "--store", _folder.In("server.db"));
        JsonElement ready = JsonDocument.Parse(await process.StandardOutput.ReadLineAsync(Cancellation) ?? "").RootElement;
        using var client = new HttpClient { BaseAddress = new(ready.GetProperty("url").GetString()!) };

        string body = """{"model":"twin/two","prompt":"2x = 8","max_tokens":4,"temperature":0}""";
        using HttpResponseMessage second = await client.PostAsync("/v1/completions", ServedZero.Json(body), Cancellation);
        using HttpResponseMessage first = await client.PostAsync("/v1/completions", ServedZero.Json(body.Replace("twin/two", "sputnik-zero", StringComparison.Ordinal)), Cancellation);
        JsonElement[] answers = [JsonElement.Parse(await first.Content.ReadAsStringAsync(Cancellation)), JsonElement.Parse(await second.Content.ReadAsStringAsync(Cancellation))];
        using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(Cancellation);

        string[] both = ["sputnik-zero", "twin/two"];
        JsonElement[] models = [.. ready.GetProperty("models").EnumerateArray()];
        Assert.Equal("sputnik-zero", ready.GetProperty("model").GetString());
        Assert.Equal(both, models.Select(one => one.GetProperty("model").GetString()));
        Assert.All(models, one => Assert.True(one.GetProperty("plannedBytes").GetInt64() > one.GetProperty("weightBytes").GetInt64()));
        Assert.Equal(both, answers.Select(answer => answer.GetProperty("model").GetString()));
        Assert.Equal(answers[0].GetProperty("choices").GetRawText(), answers[1].GetProperty("choices").GetRawText());
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("{0}", "Two models would be called 'sputnik-zero'; name one of them otherwise: --model NAME=")]
    [InlineData("sputnik-zero={0}", "Two models would be called 'sputnik-zero'")]
    [InlineData("={0}", "--model takes MODEL or NAME=MODEL")]
    [InlineData("two=", "--model takes MODEL or NAME=MODEL")]
    [InlineData("two={0}/absent", "absent")]
    [InlineData("sputnik-zero:latest={0}", "Two models answer to")]
    public async Task Models_that_cannot_be_told_apart_or_found_do_not_start(string second, string said)
    {
        string model = Repository.File("models/sputnik-zero");
        (int code, _, string error) = await SputnikProcess.Run(
            ["serve", "--model", model, "--model", string.Format(CultureInfo.InvariantCulture, second, model), "--port", "0", "--store", _folder.In("server.db")], Cancellation);

        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_that_a_model_cannot_read_is_refused_by_its_name()
    {
        (int code, _, string error) = await SputnikProcess.Run(
            ["serve", "--model", $"two={Repository.File("models/sputnik-zero")}", "--context", "9999", "--port", "0", "--store", _folder.In("server.db")], Cancellation);

        Assert.Equal(2, code);
        Assert.Contains("'two' reads 320 tokens, --context 9999 asks for more: take 320 or less.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_killed_in_the_middle_opens_its_store_again()
    {
        string store = _folder.In("server.db");
        (_, string secret, _) = await SputnikProcess.Run(["keys", "add", "alice", "--store", store], Cancellation);
        using (Process process = SputnikProcess.Start("serve", "--model", Repository.File("models/sputnik-zero"), "--port", "0", "--json", "--store", store))
        {
            string ready = await process.StandardOutput.ReadLineAsync(Cancellation) ?? "";
            using var client = new HttpClient { BaseAddress = new(JsonDocument.Parse(ready).RootElement.GetProperty("url").GetString()!) };
            client.DefaultRequestHeaders.Authorization = new("Bearer", secret.Trim());
            using HttpResponseMessage answer = await client.PostAsync("/v1/completions", ServedZero.Json("""{"prompt":"1 + 1","max_tokens":4}"""), Cancellation);
            Assert.True(answer.IsSuccessStatusCode);
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(Cancellation);
        }

        (int code, string list, _) = await SputnikProcess.Run(["keys", "list", "--store", store], Cancellation);

        Assert.Equal(0, code);
        Assert.Contains("alice", list, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Trim(), list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_logged_a_line_each_without_what_was_asked()
    {
        string keys = _folder.In("keys");
        await File.WriteAllTextAsync(keys, "# the page's\nsk-0123456789abcdef\n", Cancellation);
        using Process process = SputnikProcess.Start(
            "serve", "--model", Repository.File("models/sputnik-zero"), "--port", "0", "--json", "--log-requests", "--api-key-file", keys, "--store", _folder.In("server.db"));
        string ready = await process.StandardOutput.ReadLineAsync(Cancellation) ?? "";
        using var client = new HttpClient { BaseAddress = new(JsonDocument.Parse(ready).RootElement.GetProperty("url").GetString()!) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "sk-0123456789abcdef");
        using HttpResponseMessage answer = await client.PostAsync("/v1/completions", ServedZero.Json("""{"prompt":"my secret","max_tokens":4}"""), Cancellation);
        using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        string[] log = (await process.StandardOutput.ReadToEndAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        JsonElement[] lines = [.. log.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.True(answer.IsSuccessStatusCode);

        // The line of a request is written behind its last byte: the end may be told before it.
        Assert.Equal(["ended", "ending", "request"], lines.Select(line => line.GetProperty("event").GetString()).Order());
        JsonElement request = lines.Single(line => line.GetProperty("event").GetString() == "request");
        Assert.Equal("/v1/completions", request.GetProperty("route").GetString());
        Assert.Equal(200, request.GetProperty("status").GetInt32());
        Assert.DoesNotContain("secret", string.Concat(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_used_is_summed_by_key_and_model_and_priced()
    {
        string store = _folder.In("server.db");
        using (Server.ServerStore ledger = Server.ServerStore.Open(store))
        {
            DateOnly today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            ledger.Ledger.Add(today, "local", "m", new(1_000_000, 0, 2_000_000, 500_000), TimeSpan.FromHours(3));
            ledger.Ledger.Add(today.AddDays(-1), "local", "m", new(1_000_000, 0, 0, 0), TimeSpan.FromHours(1));
            ledger.Ledger.Add(today.AddDays(-9), "local", "m", new(1_000_000, 0, 0, 0), TimeSpan.FromHours(1));
        }

        (int code, string text, _) = await SputnikProcess.Run(["usage", "--store", store, "--days", "7", "--price", "0.25", "--json"], Cancellation);

        JsonElement line = Assert.Single(JsonDocument.Parse(text).RootElement.EnumerateArray());
        Assert.Equal(0, code);
        Assert.Equal((2, 2_000_000, 2_000_000), (line.GetProperty("requests").GetInt32(), line.GetProperty("promptTokens").GetInt32(), line.GetProperty("completionTokens").GetInt32()));
        Assert.Equal((4.0, 1.0), (line.GetProperty("cpuHours").GetDouble(), line.GetProperty("cost").GetDouble()));

        // DeepSeek-R1's list price of January 2025: 0.55 and 2.19 USD for a million.
        Assert.Equal(2 * 0.55 + 2 * 2.19, line.GetProperty("apiCost").GetDouble(), 9);
    }

    [Fact]
    public async Task The_unit_of_systemd_does_not_start_without_a_key()
    {
        string[] unit = await File.ReadAllLinesAsync(Repository.File("deploy/sputnik.service"), Cancellation);
        ServeOptions options = new();
        Command command = new("serve");
        options.AddTo(command);

        ServerOptions started = options.Read(command.Parse([.. unit.Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal)).Split(' ').Skip(2)]));

        Assert.Equal("127.0.0.1", started.Host);
        Assert.Same(started, started.Validate(hasKeys: true));
        Assert.Throws<ArgumentException>(() => started.Validate(hasKeys: false));
    }

    [Fact]
    public async Task Others_get_in_only_with_a_key_and_TLS_or_a_proxy_in_front()
    {
        (int code, _, string error) = await SputnikProcess.Run(
            ["serve", "--model", Repository.File("models/sputnik-zero"), "--port", "0", "--store", _folder.In("server.db"), "--host", "0.0.0.0", "--api-key", "sk-0123456789abcdef"], Cancellation);

        Assert.Equal(2, code);
        Assert.Contains("--behind-proxy", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--host", "0.0.0.0")]
    [InlineData("--api-key-file", "no-such-file")]
    [InlineData("--otlp-endpoint", "collector:4318")]
    [InlineData("--host", "nowhere.example")]
    [InlineData("--tls-cert", "cert.pem")]
    [InlineData("--api-key", "short")]
    [InlineData("--reasoning-field", "thoughts")]
    public async Task What_would_be_unsafe_does_not_start(string option, string value)
    {
        (int code, _, string error) = await SputnikProcess.Run(
            ["serve", "--model", Repository.File("models/sputnik-zero"), "--port", "0", "--store", _folder.In("server.db"), option, value], Cancellation);

        Assert.Equal(2, code);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
