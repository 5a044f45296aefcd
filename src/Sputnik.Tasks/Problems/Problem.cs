using System.Collections.Immutable;

namespace Sputnik.Tasks;

/// <summary>One problem with its answer, and the numbers its family works it from.</summary>
public sealed record Problem
{
    /// <summary>The name of the family that made it.</summary>
    public required string Family { get; init; }

    /// <summary>The difficulty it was made at.</summary>
    public required int Difficulty { get; init; }

    /// <summary>The question, as the user asks it.</summary>
    public required string Prompt { get; init; }

    /// <summary>The answer in canonical form: what stands in the box.</summary>
    public required string Answer { get; init; }

    /// <summary>Numbers and operations only, no names, objects or verbs: two problems of one skeleton are one problem in two dresses.</summary>
    public required string Skeleton { get; init; }

    /// <summary>The start of a walk, or the coefficients of an equation.</summary>
    public ImmutableArray<int> Numbers { get; init; } = [];

    /// <summary>The steps of a walk; empty for an equation.</summary>
    public ImmutableArray<ProblemStep> Steps { get; init; } = [];
}
