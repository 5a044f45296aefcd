namespace Sputnik.Training;

/// <summary>What may differ between two runs of one recipe without changing a bit of the result, and the one thing that overrides a refusal.</summary>
public sealed record RunOptions
{
    /// <summary>Threads of the engine.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Start reinforcement learning even where direct answers beat reasoning or a check before it fails.</summary>
    public bool IgnoreGate { get; init; }

    /// <summary>Stop after so many steps of the whole run, as Ctrl-C would; for tests.</summary>
    public long? StopAfter { get; init; }
}
