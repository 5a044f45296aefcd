namespace Sputnik.Training;

/// <summary>What one step of the <see cref="SupervisedTrainer"/> saw.</summary>
/// <param name="Loss">Mean −log p over the learned tokens, in nats.</param>
/// <param name="Tokens">Tokens learned.</param>
/// <param name="GradientNorm">Length of the whole gradient before clipping.</param>
/// <param name="RateFactor">What the schedule made of the learning rates.</param>
/// <param name="Imbalance">Largest over mean expert load, of the worst layer; 0 for a dense model.</param>
public readonly record struct SupervisedReport(double Loss, int Tokens, float GradientNorm, float RateFactor, float Imbalance);
