using System.Collections.Immutable;
using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>A model judged on held-out problems, and where in the run it stood: a file of the run's evaluations folder.</summary>
/// <param name="Stage">Name of the stage: pretrain or zero.</param>
/// <param name="Step">Steps done in the stage.</param>
/// <param name="Split">Which problems.</param>
/// <param name="Report">Scores with n, k and standard errors.</param>
/// <param name="Examples">The first sample of the first problems, the same in every evaluation of a split.</param>
public sealed record EvaluationRecord(
    string Stage, int Step, Split Split, EvaluationReport Report, ImmutableArray<EvaluationExample> Examples);
