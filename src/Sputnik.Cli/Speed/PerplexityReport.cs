using Sputnik.Generation;

namespace Sputnik.Cli;

/// <summary>What <c>perplexity</c> prints as JSON.</summary>
internal sealed record PerplexityReport
{
    public required string Model { get; init; }

    /// <summary>The reference; null where there was none.</summary>
    public required string? Against { get; init; }

    /// <summary>Tokens of a window.</summary>
    public required int Context { get; init; }

    /// <summary>Windows scored, and all there are.</summary>
    public required int Windows { get; init; }

    public required int WindowsInText { get; init; }

    public required PerplexityScore Score { get; init; }

    public required PerplexityScore? Reference { get; init; }

    public required DivergenceScore? Divergence { get; init; }
}
