namespace Sputnik.Generation;

/// <summary>How well a model predicts a text.</summary>
/// <param name="Tokens">Tokens scored.</param>
/// <param name="Perplexity">exp of the mean −log p.</param>
/// <param name="Error">Its standard error: perplexity · standard error of the mean.</param>
public sealed record PerplexityScore(int Tokens, double Perplexity, double Error)
{
    /// <summary>From −log p of every token.</summary>
    public static PerplexityScore Of(Sample losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        double perplexity = Precise.Exp(losses.Mean);
        return new(losses.Count, perplexity, perplexity * losses.Error);
    }
}
