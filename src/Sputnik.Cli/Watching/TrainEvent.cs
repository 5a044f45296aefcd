using System.Collections.Immutable;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>One line of <c>train --json</c>: the kind of event, and the field of that name.</summary>
internal sealed record TrainEvent(string Event)
{
    public RunStart? Started { get; init; }

    public StageEvent? Stage { get; init; }

    public StepRecord? Step { get; init; }

    public EvaluationRecord? Evaluation { get; init; }

    public GateEvent? Gate { get; init; }

    public IReadOnlyList<PreflightResult>? Checks { get; init; }

    public string? Note { get; init; }

    public RunSummary? Ended { get; init; }
}

/// <summary>A stage begins.</summary>
internal sealed record StageEvent(string Name, string Purpose);

/// <summary>The gate before reinforcement learning.</summary>
internal sealed record GateEvent(bool Holds, ImmutableArray<FamilyGate> Families);
