namespace Sputnik.Cli;

/// <summary>Tokens a second of one model with one number of threads.</summary>
internal sealed record ThroughputReport
{
    /// <summary>Where the model was opened.</summary>
    public required string Model { get; init; }

    /// <summary>Its family.</summary>
    public required string Family { get; init; }

    /// <summary>Parameters in all.</summary>
    public required long Parameters { get; init; }

    /// <summary>Threads of the engine.</summary>
    public required int Threads { get; init; }

    /// <summary>The measurements.</summary>
    public required IReadOnlyList<ThroughputLine> Results { get; init; }
}
