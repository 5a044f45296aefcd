using System.Text.Json;
using Microsoft.Data.Sqlite;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>A store that takes no line costs the ledger and the audit, never an answer.</summary>
public sealed class UnwritableStoreTests : IAsyncLifetime
{
    private const string Question = """ "messages":[{"role":"user","content":"Solve for x: 2x = 8."}],"max_tokens":8 """;

    private readonly ServedZero _served = new();

    public async ValueTask InitializeAsync()
    {
        await _served.InitializeAsync();
        (string secret, _) = _served.Store.Keys.Add("alice", Scope.All, new(), DateTimeOffset.UnixEpoch);
        _served.Client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        _served.Store.Execute("PRAGMA query_only=1");
    }

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task A_stream_ends_with_its_end_mark()
    {
        string[] lines = await _served.Lines("/v1/chat/completions", $$"""{{{Question}},"stream":true}""");

        Assert.Equal("data: [DONE]", lines.Last(line => line.Length > 0));
        Assert.DoesNotContain(lines, line => line.Contains("\"error\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_whole_answer_comes_whole_also_of_plain_tokens()
    {
        (int chat, JsonElement answer) = await _served.Post("/v1/chat/completions", $$"""{{{Question}}}""");
        (int text, _) = await _served.Post("/v1/completions", """{"prompt":"1 + 1","max_tokens":4}""");
        (int models, _) = await _served.Get("/v1/models");

        Assert.Equal((200, 200, 200), (chat, text, models));
        Assert.Equal("assistant", answer.GetProperty("choices")[0].GetProperty("message").GetProperty("role").GetString());
    }

    [Fact]
    public async Task It_is_told_once_with_the_remedy()
    {
        await _served.Post("/v1/completions", """{"prompt":"1 + 1","max_tokens":4}""");
        await _served.Post("/v1/completions", """{"prompt":"1 + 1","max_tokens":4}""");
        await _served.Server.StopAsync();

        string told = Assert.Single(_served.Log);
        Assert.Contains("Let the server's user write the file", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_lost_are_counted_and_told_again_after_a_minute()
    {
        List<string> log = [];
        Clock clock = new();
        StoreWrites writes = new(log.Add, clock);

        foreach (int second in (int[])[0, 59, 61])
        {
            clock.Seconds = second;
            writes.Add("ledger", () => throw new SqliteException("database or disk is full", 13));
        }

        System.Text.StringBuilder metrics = new();
        writes.Lost.WriteLines(metrics, "");
        Assert.Equal(2, log.Count);
        Assert.All(log, line => Assert.Contains("Make room on its disk", line, StringComparison.Ordinal));
        Assert.Contains("sputnik_store_lines_lost_total{table=\"ledger\"} 3", metrics.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_another_program_has_locked_is_told_as_such()
    {
        using TemporaryFolder folder = new();
        using ServerStore store = ServerStore.Open(folder.In("server.db"));
        using SqliteConnection other = new(new SqliteConnectionStringBuilder { DataSource = folder.In("server.db"), Pooling = false }.ConnectionString);
        other.Open();
        using SqliteCommand hold = other.CreateCommand();
        hold.CommandText = "BEGIN EXCLUSIVE";
        hold.ExecuteNonQuery();
        List<string> log = [];
        StoreWrites writes = new(log.Add, TimeProvider.System);

        writes.Add("audit", () => store.Audit.Add(new(DateTimeOffset.UnixEpoch, "k", "GET", "/", 200, 1)));

        Assert.Contains("end that one", Assert.Single(log), StringComparison.Ordinal);
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
