namespace Sputnik.Server;

/// <summary>Tokens and processor time by day, key and model.</summary>
public sealed class LedgerTable
{
    private readonly ServerStore _store;

    internal LedgerTable(ServerStore store) => _store = store;

    /// <summary>The lines of the days from <paramref name="first"/> on, oldest first.</summary>
    /// <param name="first">The first day.</param>
    /// <param name="key">The key whose lines are wanted; null = all.</param>
    public IReadOnlyList<LedgerDay> Since(DateOnly first, string? key = null) => _store.Query(
        """
        SELECT day, key, COALESCE((SELECT name FROM keys WHERE id = key), key), model, requests, prompt, completion, reasoning, cpu_seconds
        FROM ledger WHERE day >= $first AND ($key IS NULL OR key = $key) ORDER BY day, key, model
        """,
        row => new LedgerDay(
            DateOnly.FromDayNumber(row.GetInt32(0)), row.GetString(1), row.GetString(2), row.GetString(3),
            new(row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7)), row.GetDouble(8) / 3600),
        ("$first", first.DayNumber), ("$key", key));

    internal void Add(DateOnly day, string key, string model, AnswerUsage usage, TimeSpan processor) => _store.Execute(
        """
        INSERT INTO ledger VALUES($day, $key, $model, 1, $prompt, $completion, $reasoning, $cpu)
        ON CONFLICT DO UPDATE SET requests = requests + 1, prompt = prompt + excluded.prompt, completion = completion + excluded.completion,
            reasoning = reasoning + excluded.reasoning, cpu_seconds = cpu_seconds + excluded.cpu_seconds
        """,
        ("$day", day.DayNumber), ("$key", key), ("$model", model), ("$prompt", usage.Prompt), ("$completion", usage.Completion),
        ("$reasoning", usage.Reasoning), ("$cpu", processor.TotalSeconds));
}
