using Sputnik.Generation;

namespace Sputnik.Cli;

/// <summary>What <c>perplexity --json</c> prints.</summary>
internal sealed record PerplexityReport
{
    public required string Model { get; init; }

    public required string File { get; init; }

    /// <summary>Tokens of a window.</summary>
    public required int Context { get; init; }

    /// <summary>Windows read to their end.</summary>
    public required int Windows { get; init; }

    /// <summary>Windows there were to read.</summary>
    public required int Of { get; init; }

    /// <summary>False where it was interrupted.</summary>
    public bool Complete => Windows == Of;

    public required PerplexityEstimate Perplexity { get; init; }

    /// <summary>The model it was compared with, and how far it is from it; null where none was named.</summary>
    public string? Reference { get; init; }

    public DivergenceEstimate? Divergence { get; init; }

    public required double Seconds { get; init; }
}
