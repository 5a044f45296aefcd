namespace Sputnik.Cli;

/// <summary>One element of GET /api/models/REPO/tree/REVISION?recursive=true, as far as it is read.</summary>
internal sealed record TreeEntry
{
    /// <summary>file or directory.</summary>
    public string? Type { get; init; }

    public string? Path { get; init; }

    public long Size { get; init; }

    /// <summary>Git's name of the content; of a large file, of its pointer.</summary>
    public string? Oid { get; init; }

    /// <summary>Only large files have it.</summary>
    public LargeFile? Lfs { get; init; }

    /// <summary>A file that Git LFS keeps.</summary>
    internal sealed record LargeFile
    {
        /// <summary>SHA-256 of the content.</summary>
        public string? Oid { get; init; }

        public long? Size { get; init; }
    }
}
