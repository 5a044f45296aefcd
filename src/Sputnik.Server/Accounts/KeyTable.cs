using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Sputnik.Server;

/// <summary>
/// The keys of a store. A key is 256 random bits; only its SHA-256 is kept, which is enough: there is nothing to guess.
/// </summary>
public sealed class KeyTable
{
    private const string Columns = "id, name, scopes, requests_minute, tokens_minute, requests_day, tokens_day, created, revoked";

    private readonly ServerStore _store;

    internal KeyTable(ServerStore store) => _store = store;

    /// <summary>Makes a key; it is told once, here.</summary>
    public (string Secret, ApiKey Key) Add(string name, Scope scopes, KeyLimits limits, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100 || name.Any(char.IsControl))
        {
            throw new ArgumentException("A key's name has 1 to 100 characters, none of them a control character.", nameof(name));
        }

        if (scopes == Scope.None)
        {
            throw new ArgumentException("A key that may do nothing is none: give it a scope.", nameof(scopes));
        }

        string secret = "sk-sputnik-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        ApiKey key = new("key-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), name, scopes, limits, DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()), null);
        _store.Execute(
            $"INSERT INTO keys({Columns}, hash) VALUES($id, $name, $scopes, $rpm, $tpm, $rpd, $tpd, $created, NULL, $hash)",
            ("$id", key.Id), ("$name", name), ("$scopes", (int)scopes), ("$rpm", limits.RequestsPerMinute), ("$tpm", limits.TokensPerMinute),
            ("$rpd", limits.RequestsPerDay), ("$tpd", limits.TokensPerDay), ("$created", key.Created.ToUnixTimeSeconds()), ("$hash", Hash(secret)));
        return (secret, key);
    }

    /// <summary>Every key, revoked ones too, oldest first.</summary>
    public IReadOnlyList<ApiKey> List() => _store.Query($"SELECT {Columns} FROM keys ORDER BY created, id", Read);

    /// <summary>Whether any key was ever made: then none may ask without, also when the last is revoked.</summary>
    public bool Any() => _store.Query("SELECT EXISTS(SELECT 1 FROM keys)", row => row.GetBoolean(0))[0];

    /// <summary>The good key of a secret; null where there is none.</summary>
    public ApiKey? Find(string secret) =>
        _store.Query($"SELECT {Columns} FROM keys WHERE hash = $hash AND revoked IS NULL", Read, ("$hash", Hash(secret))).FirstOrDefault();

    /// <summary>Ends a key, by its id or its name.</summary>
    /// <exception cref="ArgumentException">There is no such key, or several have the name.</exception>
    public ApiKey Revoke(string idOrName, DateTimeOffset now)
    {
        ApiKey[] found = [.. List().Where(key => key.Revoked is null && (key.Id == idOrName || key.Name == idOrName))];
        if (found.Length != 1)
        {
            throw new ArgumentException(found.Length == 0
                ? $"There is no good key '{idOrName}'; see them: sputnik keys list"
                : $"There are several keys '{idOrName}'; name one by its id: {string.Join(", ", found.Select(key => key.Id))}");
        }

        _store.Execute("UPDATE keys SET revoked = $now WHERE id = $id", ("$now", now.ToUnixTimeSeconds()), ("$id", found[0].Id));
        return found[0] with { Revoked = now };
    }

    internal static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static ApiKey Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        (Scope)row.GetInt32(2),
        new() { RequestsPerMinute = Whole(row, 3), TokensPerMinute = Whole(row, 4), RequestsPerDay = Whole(row, 5), TokensPerDay = Whole(row, 6) },
        DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(7)),
        row.IsDBNull(8) ? null : DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(8)));

    private static int? Whole(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
