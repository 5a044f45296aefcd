namespace Sputnik.Generation;

/// <summary>How far a model's predictions are from a reference's: KL(reference ‖ model) = Σ p log(p / q), in nats.</summary>
public sealed record DivergenceScore
{
    /// <summary>Mean over the scored tokens.</summary>
    public required double Mean { get; init; }

    /// <summary>Its standard error.</summary>
    public required double Error { get; init; }

    /// <summary>Half of the tokens lie below.</summary>
    public required double Median { get; init; }

    /// <summary>Nine tenths lie below.</summary>
    public required double P90 { get; init; }

    /// <summary>Ninety-nine hundredths lie below.</summary>
    public required double P99 { get; init; }

    /// <summary>The largest.</summary>
    public required double Max { get; init; }

    /// <summary>Share of tokens where both hold the same token most likely.</summary>
    public required double SameTop { get; init; }

    /// <summary>Its standard error.</summary>
    public required double SameTopError { get; init; }

    /// <summary>Mean of log q − log p of the text's own tokens: log of the ratio of perplexities, the sign turned.</summary>
    public required double LogRatio { get; init; }

    /// <summary>Its standard error, from the differences token by token: noise that both models share falls out.</summary>
    public required double LogRatioError { get; init; }

    /// <summary>The model's perplexity over the reference's.</summary>
    public double Ratio => Precise.Exp(-LogRatio);

    /// <summary>Its standard error.</summary>
    public double RatioError => Ratio * LogRatioError;
}
