namespace Sputnik.Training;

/// <summary>Where a run stands: everything a checkpoint holds besides weights and optimizer state.</summary>
public sealed record RunState
{
    /// <summary>Name of the stage that runs; a part of the checkpoint's name, so letters, digits and '-'.</summary>
    public required string Stage { get; init; }

    /// <summary>Steps of the whole run that are finished.</summary>
    public required long Step { get; init; }

    /// <summary>Steps of the stage that are finished.</summary>
    public required long StageStep { get; init; }

    /// <summary>Tokens the stage has learned.</summary>
    public long StageTokens { get; init; }

    /// <summary>Wall time of the run so far, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Processor time of the run so far, in seconds.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>Floating-point operations of the run so far.</summary>
    public double Flops { get; init; }

    /// <summary>Steps the optimizer has taken; fewer than <see cref="StageStep"/> where a step had nothing to teach.</summary>
    public long OptimizerSteps { get; init; }

    /// <summary>Number of the next document or example.</summary>
    public ulong DataCursor { get; init; }

    /// <summary>Position of every random stream that is read step after step, by name.</summary>
    public IReadOnlyDictionary<string, ulong> RandomPositions { get; init; } = new Dictionary<string, ulong>();

    /// <summary>Length of the metrics log at this step: on resume the log is cut back to it.</summary>
    public long MetricsBytes { get; init; }

    /// <summary>Length of the rollout log at this step: on resume the log is cut back to it.</summary>
    public long RolloutsBytes { get; init; }

    /// <summary>SHA-256 of every other file of the checkpoint, by its path within.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}
