namespace Sputnik.Cli;

/// <summary>Where keys and ledger of a user's servers lie.</summary>
internal static class StoreLocation
{
    /// <summary>The environment variable that names the file.</summary>
    public const string Variable = "SPUTNIK_STORE";

    /// <summary>The file without the variable: where programs keep data of theirs (XDG Base Directory Specification).</summary>
    public const string Default = "~/.local/share/sputnik/server.db";

    /// <summary>The named file, else that of this user.</summary>
    public static string Resolve(string? named) => named
        ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable : null)
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Default[2..]);
}
