namespace Sputnik.Training;

/// <summary>One line of rollouts.jsonl: a sampled response with its judgement, to be read by people.</summary>
public sealed record RolloutSample
{
    /// <summary>Step of the run.</summary>
    public required long Step { get; init; }

    /// <summary>Name of the stage.</summary>
    public required string Stage { get; init; }

    /// <summary>Family of the problem.</summary>
    public required string Family { get; init; }

    /// <summary>What was asked.</summary>
    public required string Prompt { get; init; }

    /// <summary>What was answered, after "&lt;think&gt;\n".</summary>
    public required string Response { get; init; }

    /// <summary>Score of the verdict, in [0, 1].</summary>
    public required double Score { get; init; }

    /// <summary>Reason of the verdict.</summary>
    public required string Why { get; init; }

    /// <summary>The reward that was trained on.</summary>
    public required float Reward { get; init; }

    /// <summary>Tokens of the response.</summary>
    public required int Tokens { get; init; }
}
