namespace Sputnik.Training;

/// <summary>What whoever watches is told when a run starts or goes on.</summary>
public sealed record RunStart
{
    /// <summary>The recipe with every value resolved.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The run folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The machine in words.</summary>
    public required string Machine { get; init; }

    /// <summary>Threads of the engine. They change the speed, never a bit.</summary>
    public required int Threads { get; init; }

    /// <summary>Fused multiply-add peak of those threads, measured just now, in GFLOP/s.</summary>
    public required double PeakGflops { get; init; }

    /// <summary>Parameters of the model.</summary>
    public required long Parameters { get; init; }

    /// <summary>Parameters one token meets.</summary>
    public required long ActiveParameters { get; init; }

    /// <summary>Entries of the vocabulary.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Whether a checkpoint was found and the run goes on from it.</summary>
    public required bool Resumed { get; init; }
}
