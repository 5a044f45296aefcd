using System.Diagnostics;
using System.Text.Json;

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

    [Theory]
    [InlineData("--host", "0.0.0.0")]
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
