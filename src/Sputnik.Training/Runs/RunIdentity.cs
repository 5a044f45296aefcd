using System.Text.Json;

namespace Sputnik.Training;

/// <summary>What a run is, written once as run.json: enough to repeat it.</summary>
public sealed record RunIdentity
{
    /// <summary>The whole configuration.</summary>
    public required JsonElement Config { get; init; }

    /// <summary>Seed of every random stream.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version of the code, for example a commit.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>The machine in words: processor, threads, system.</summary>
    public required string Machine { get; init; }
}
