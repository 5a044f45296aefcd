namespace Sputnik.Training;

/// <summary>Turns the log-probabilities of a sequence into ∂ loss / ∂ log-probability of each of its tokens.</summary>
/// <param name="sequence">Number of the sequence, in the order handed over.</param>
/// <param name="logProbs">Log-probability of each learned token. [Count]</param>
/// <param name="seeds">To be filled with the derivatives. [Count]</param>
public delegate void TokenSeeds(int sequence, ReadOnlySpan<float> logProbs, Span<float> seeds);
