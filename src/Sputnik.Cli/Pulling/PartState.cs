namespace Sputnik.Cli;

/// <summary>How far an unfinished file is, as it is kept beside it.</summary>
internal sealed record PartState
{
    public required long Size { get; init; }

    /// <summary>What the whole must hash to: bytes of one content do not go on with another.</summary>
    public required string Digest { get; init; }

    public required int ChunkBytes { get; init; }

    /// <summary>Bytes that are here, from the start of each chunk.</summary>
    public required int[] Done { get; init; }
}
