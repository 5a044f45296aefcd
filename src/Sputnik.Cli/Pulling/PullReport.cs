namespace Sputnik.Cli;

/// <summary>What a pull or an import did.</summary>
internal sealed record PullReport
{
    public required string Repository { get; init; }

    /// <summary>The commit; null for an import.</summary>
    public string? Revision { get; init; }

    /// <summary>Where the files are.</summary>
    public required string Folder { get; init; }

    /// <summary>What was asked for and is here now.</summary>
    public required IReadOnlyList<StoredFile> Files { get; init; }

    /// <summary>Bytes that were loaded or copied; the rest was here before.</summary>
    public required long BytesLoaded { get; init; }
}
