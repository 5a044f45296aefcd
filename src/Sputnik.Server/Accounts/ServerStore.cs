using Microsoft.Data.Sqlite;

namespace Sputnik.Server;

/// <summary>
/// Keys, ledger and audit in one SQLite file. Several processes may use it at once (a server, and <c>sputnik keys</c>); it opens
/// again after a kill at any moment (write-ahead log). Safe for several threads.
/// </summary>
public sealed class ServerStore : IDisposable
{
    // A table changes only together with this number.
    private const int Version = 1;

    // Seconds that a busy file is waited for. Who holds it well does so for milliseconds, and every request waits behind the one that waits here.
    private const int Patience = 2;

    private const string Schema = """
        CREATE TABLE keys(
            id TEXT PRIMARY KEY, name TEXT NOT NULL, hash BLOB NOT NULL UNIQUE, scopes INTEGER NOT NULL, created INTEGER NOT NULL, revoked INTEGER,
            requests_minute INTEGER, tokens_minute INTEGER, requests_day INTEGER, tokens_day INTEGER) STRICT;
        CREATE TABLE ledger(
            day INTEGER NOT NULL, key TEXT NOT NULL, model TEXT NOT NULL, requests INTEGER NOT NULL,
            prompt INTEGER NOT NULL, completion INTEGER NOT NULL, reasoning INTEGER NOT NULL, cpu_seconds REAL NOT NULL,
            PRIMARY KEY(day, key, model)) STRICT, WITHOUT ROWID;
        CREATE TABLE audit(
            time INTEGER NOT NULL, key TEXT NOT NULL, method TEXT NOT NULL, route TEXT NOT NULL, status INTEGER NOT NULL, milliseconds INTEGER NOT NULL) STRICT;
        """;

    private readonly SqliteConnection _connection;
    private readonly Lock _lock = new();

    private ServerStore(SqliteConnection connection)
    {
        _connection = connection;
        Keys = new(this);
        Ledger = new(this);
        Audit = new(this);
    }

    /// <summary>Who may ask.</summary>
    public KeyTable Keys { get; }

    /// <summary>What it cost.</summary>
    public LedgerTable Ledger { get; }

    /// <summary>Who asked what route when; never what was asked.</summary>
    public AuditTable Audit { get; }

    /// <summary>Opens a file, or makes it.</summary>
    /// <exception cref="InvalidDataException">The file is no store, or of another version.</exception>
    public static ServerStore Open(string path)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full) ?? full);
        return Open(new SqliteConnectionStringBuilder { DataSource = full, Pooling = false, DefaultTimeout = Patience }, full);
    }

    /// <summary>A store in memory, gone with the process.</summary>
    public static ServerStore InMemory() => Open(new SqliteConnectionStringBuilder { DataSource = ":memory:", Pooling = false }, ":memory:");

    /// <summary>Closes the file.</summary>
    public void Dispose() => _connection.Dispose();

    /// <summary>Runs a statement and reads its rows.</summary>
    internal List<T> Query<T>(string sql, Func<SqliteDataReader, T> row, params IEnumerable<(string Name, object? Value)> values)
    {
        lock (_lock)
        {
            using SqliteCommand command = Command(sql, values);
            using SqliteDataReader reader = command.ExecuteReader();
            List<T> rows = [];
            while (reader.Read())
            {
                rows.Add(row(reader));
            }

            return rows;
        }
    }

    /// <summary>Runs a statement; returns the rows it changed.</summary>
    internal int Execute(string sql, params IEnumerable<(string Name, object? Value)> values)
    {
        lock (_lock)
        {
            using SqliteCommand command = Command(sql, values);
            return command.ExecuteNonQuery();
        }
    }

    private static ServerStore Open(SqliteConnectionStringBuilder source, string path)
    {
        SqliteConnection connection = new(source.ConnectionString);
        bool done = false;
        try
        {
            connection.Open();
            ServerStore store = new(connection);
            store.Prepare(path);
            done = true;
            return store;
        }
        catch (SqliteException error)
        {
            throw new InvalidDataException($"{path} is no store of Sputnik's that can be opened: {error.Message}", error);
        }
        finally
        {
            if (!done)
            {
                connection.Dispose();
            }
        }
    }

    private void Prepare(string path)
    {
        // NORMAL: a power cut may lose the last transactions, never the file.
        Execute($"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout={Patience * 1000};");
        Execute("BEGIN IMMEDIATE");
        long version = Query("PRAGMA user_version", row => row.GetInt64(0))[0];
        if (version == 0)
        {
            Execute(Schema + $"PRAGMA user_version={Version};");
        }

        Execute("COMMIT");
        if (version is not (0 or Version))
        {
            throw new InvalidDataException($"{path} has version {version}, this program reads {Version}.");
        }
    }

    private SqliteCommand Command(string sql, IEnumerable<(string Name, object? Value)> values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
