namespace Sputnik.Training;

/// <summary>What a step of the <see cref="Optimizer"/> saw.</summary>
/// <param name="GradientNorm">Length of the whole gradient before clipping.</param>
/// <param name="RateFactor">What the schedule made of the learning rates.</param>
public readonly record struct OptimizerReport(float GradientNorm, float RateFactor);
