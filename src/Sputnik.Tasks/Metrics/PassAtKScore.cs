namespace Sputnik.Tasks;

/// <summary>pass@k over the problems of an evaluation.</summary>
/// <param name="K">Samples a problem is given.</param>
/// <param name="Score">The mean of the unbiased estimates of the problems.</param>
public sealed record PassAtKScore(int K, Estimate Score);
