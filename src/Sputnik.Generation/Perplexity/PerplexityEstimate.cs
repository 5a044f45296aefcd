namespace Sputnik.Generation;

/// <summary>A perplexity.</summary>
/// <param name="Perplexity">exp(mean −log p); null before the first token.</param>
/// <param name="StandardError">Perplexity times the standard error of the mean; null before the second.</param>
/// <param name="Tokens">Tokens scored.</param>
public sealed record PerplexityEstimate(double? Perplexity, double? StandardError, int Tokens)
{
    internal static PerplexityEstimate OfLoss(RunningMean loss)
    {
        double? perplexity = loss.Count > 0 ? Precise.Exp(loss.Mean) : null;
        return new(perplexity, loss.Count > 1 ? perplexity * loss.StandardError : null, loss.Count);
    }
}
