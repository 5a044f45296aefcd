using System.Collections.Immutable;

namespace Sputnik.Cli;

/// <summary>How fast a model runs here.</summary>
internal sealed record SpeedReport
{
    /// <summary>Where the model came from.</summary>
    public required string Model { get; init; }

    public required string Family { get; init; }

    public required long Parameters { get; init; }

    /// <summary>Parameters a token meets.</summary>
    public required long Active { get; init; }

    public required string Machine { get; init; }

    public required int Threads { get; init; }

    /// <summary>Fused multiply-adds out of registers on these threads, GFLOP/s, measured just before.</summary>
    public required double PeakGflops { get; init; }

    public required ImmutableArray<SpeedLine> Lines { get; init; }
}

/// <summary>One measurement.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Rows">Token rows of one repetition.</param>
/// <param name="Seconds">Median of the repetitions.</param>
/// <param name="Repetitions">How many there were.</param>
/// <param name="Gflops">By 2·N a row computed, 6·N a row trained, N the active parameters.</param>
/// <param name="PeakShare">That as a share of the peak.</param>
internal sealed record SpeedLine(string Name, int Rows, double Seconds, int Repetitions, double Gflops, double PeakShare)
{
    public double TokensPerSecond => Rows / Seconds;
}
