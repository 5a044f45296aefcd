namespace Sputnik.Cli;

/// <summary>One measurement of <see cref="Throughput"/>.</summary>
internal sealed record ThroughputLine
{
    /// <summary>What was done, as llama-bench names it: pp512, tg128.</summary>
    public required string Test { get; init; }

    /// <summary>Sequences that made tokens together; null for a prompt.</summary>
    public int? Batch { get; init; }

    /// <summary>Median.</summary>
    public required double TokensPerSecond { get; init; }

    /// <summary>Every repetition.</summary>
    public required IReadOnlyList<double> Samples { get; init; }
}
