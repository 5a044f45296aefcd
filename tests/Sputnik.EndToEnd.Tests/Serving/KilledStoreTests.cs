using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>A server killed while it writes loses at most what it had not said yet.</summary>
public sealed class KilledStoreTests : IDisposable
{
    private const int Clients = 4;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_store_opens_whole_each_time()
    {
        string path = _folder.In("server.db");
        string secret;
        using (ServerStore store = ServerStore.Open(path))
        {
            (secret, _) = store.Keys.Add("alice", Scope.All, new(), DateTimeOffset.UnixEpoch);
        }

        long answered = 0;
        foreach (int answers in (int[])[1, 23, 60])
        {
            answered += await KilledAfter(path, secret, answers);

            using ServerStore store = ServerStore.Open(path);
            Assert.Equal("ok", Integrity(path));
            Assert.Equal("alice", store.Keys.Find(secret)?.Name);
            long charged = store.Ledger.Since(DateOnly.MinValue).Sum(day => day.Tokens.Requests);

            // An answer is charged behind its last byte: each client has one at most that is not.
            Assert.InRange(charged, answered - Clients, answered + Clients);
            answered = charged;

            // Its audit line follows, and a request that was cut off has one too.
            Assert.InRange(store.Audit.Newest(int.MaxValue).Count, charged - Clients, charged + (3 * Clients));
            store.Keys.Add($"after {answers}", Scope.Chat, new(), DateTimeOffset.UnixEpoch);
        }
    }

    /// <summary>Clients ask without a pause; after so many answers, with others under way, the process gets SIGKILL.</summary>
    private static async Task<int> KilledAfter(string store, string secret, int answers)
    {
        using Process process = SputnikProcess.Start("serve", "--model", Repository.File("models/sputnik-zero"), "--port", "0", "--json", "--store", store);
        string ready = await process.StandardOutput.ReadLineAsync(Cancellation) ?? "";
        using HttpClient client = new() { BaseAddress = new(JsonElement.Parse(ready).GetProperty("url").GetString()!) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        int got = 0;
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (await Answers(client))
            {
                if (Interlocked.Increment(ref got) == answers)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        })];
        await process.WaitForExitAsync(Cancellation);
        await Task.WhenAll(clients);
        return got;
    }

    private static async Task<bool> Answers(HttpClient client)
    {
        try
        {
            using HttpResponseMessage answer = await client.PostAsync("/v1/completions", ServedZero.Json("""{"prompt":"1","max_tokens":1}"""), Cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // the server is gone
        }
    }

    private static string Integrity(string path)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()!;
    }
}
