namespace Sputnik.Cli;

/// <summary>One file of a model in the store.</summary>
internal sealed record StoredFile
{
    /// <summary>From the model's folder, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the content, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }
}
