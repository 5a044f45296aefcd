namespace Sputnik.Server;

/// <summary>Who used which route when. No path, no header, no body: nothing of what was asked.</summary>
public sealed class AuditTable
{
    // What a small server gathers in months; the oldest go.
    private const int Lines = 1_000_000;

    private readonly ServerStore _store;

    internal AuditTable(ServerStore store) => _store = store;

    /// <summary>The newest lines, newest first.</summary>
    public IReadOnlyList<AuditLine> Newest(int count) => _store.Query(
        "SELECT time, key, method, route, status, milliseconds FROM audit ORDER BY rowid DESC LIMIT $count",
        row => new AuditLine(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetInt64(5)),
        ("$count", count));

    internal void Add(AuditLine line)
    {
        _store.Execute(
            "INSERT INTO audit VALUES($time, $key, $method, $route, $status, $milliseconds)",
            ("$time", line.Time.ToUnixTimeMilliseconds()), ("$key", line.Key), ("$method", line.Method), ("$route", line.Route),
            ("$status", line.Status), ("$milliseconds", line.Milliseconds));
        _store.Execute("DELETE FROM audit WHERE rowid <= (SELECT MAX(rowid) FROM audit) - $lines", ("$lines", Lines));
    }
}
