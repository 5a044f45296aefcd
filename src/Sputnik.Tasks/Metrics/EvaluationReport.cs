using System.Collections.Immutable;

namespace Sputnik.Tasks;

/// <summary>What an evaluation found. Every mean carries its standard error over the problems.</summary>
public sealed record EvaluationReport
{
    /// <summary>Problems asked.</summary>
    public required int Problems { get; init; }

    /// <summary>Responses judged.</summary>
    public required int Responses { get; init; }

    /// <summary>pass@k for k = 1, 2, 4 … up to the least number of responses a problem has. The first is plain accuracy.</summary>
    public required ImmutableArray<PassAtKScore> PassAtK { get; init; }

    /// <summary>Share of problems whose majority answer is right, all responses voting (cons@n).</summary>
    public required Estimate Consensus { get; init; }

    /// <summary>Share of responses in the asked form.</summary>
    public required Estimate Format { get; init; }

    /// <summary>Mean share of words in the prompt's language, over responses that have words; null where none has.</summary>
    public required Estimate? Language { get; init; }

    /// <summary>Mean length in tokens.</summary>
    public required Estimate Tokens { get; init; }

    /// <summary>Share of responses cut at the limit.</summary>
    public required Estimate Truncated { get; init; }

    /// <summary>Checks in a response, on average.</summary>
    public required Estimate Checks { get; init; }

    /// <summary>Share of responses with a check.</summary>
    public required Estimate WithChecks { get; init; }

    /// <summary>Self-corrections in a response, on average.</summary>
    public required Estimate Corrections { get; init; }

    /// <summary>Share of responses that correct themselves.</summary>
    public required Estimate WithCorrections { get; init; }

    /// <summary>Accuracy by family.</summary>
    public required ImmutableArray<GroupScore> ByFamily { get; init; }

    /// <summary>Accuracy by family and difficulty.</summary>
    public required ImmutableArray<GroupScore> ByDifficulty { get; init; }

    /// <summary>Accuracy by style.</summary>
    public required ImmutableArray<GroupScore> ByStyle { get; init; }

    /// <summary>Accuracy by family and style: the gate that must hold before RL is worth starting.</summary>
    public required ImmutableArray<GroupScore> ByFamilyAndStyle { get; init; }
}
