using Microsoft.Data.Sqlite;

namespace Sputnik.Server;

/// <summary>Writes of the ledger and the audit. They follow an answer that has been sent: where the store takes none, that is told and counted, and the answer stands.</summary>
internal sealed class StoreWrites(Action<string> log, TimeProvider time)
{
    // A store that fails once fails with each request.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _told;

    /// <summary>Lines the store did not take.</summary>
    public Counter Lost { get; } = new("sputnik_store_lines_lost_total", "Lines of the ledger and the audit that the store did not take.", "table");

    /// <summary>Writes a line.</summary>
    /// <param name="table">Where to.</param>
    /// <param name="write">Writes it.</param>
    public void Add(string table, Action write)
    {
        try
        {
            write();
        }
        catch (SqliteException error)
        {
            Lost.Add(1, table);
            if (IsNews())
            {
                log($"The store takes no line of the {table}, what is used is not written down: {error.Message} {Remedy(error.SqliteErrorCode)}");
            }
        }
    }

    private bool IsNews()
    {
        lock (_lock)
        {
            if (_told is long told && time.GetElapsedTime(told) < Silence)
            {
                return false;
            }

            _told = time.GetTimestamp();
            return true;
        }
    }

    // SQLite's result codes (sqlite.org/rescode.html).
    private static string Remedy(int code) => code switch
    {
        5 or 6 => "Another program holds its file locked: end that one.",
        8 => "Let the server's user write the file and its folder.",
        10 or 13 => "Make room on its disk, and see whether it is sound.",
        _ => "See to its file and its disk.",
    };
}
