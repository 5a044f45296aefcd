namespace Sputnik.Generation;

/// <summary>How far a model is from its reference on a text, in nats; null where nothing was read.</summary>
public sealed record DivergenceEstimate
{
    /// <summary>Tokens scored.</summary>
    public required int Tokens { get; init; }

    /// <summary>Mean of KL(reference ‖ model) over the positions: 0 where they predict alike.</summary>
    public required MeanEstimate Divergence { get; init; }

    /// <summary>Its median.</summary>
    public required double? Median { get; init; }

    /// <summary>What 90 % of the positions stay below.</summary>
    public required double? Percentile90 { get; init; }

    /// <summary>What 99 % of them stay below.</summary>
    public required double? Percentile99 { get; init; }

    /// <summary>The worst position's.</summary>
    public required double? Largest { get; init; }

    /// <summary>Share of positions at which both find the same token most likely.</summary>
    public required MeanEstimate SameTop { get; init; }

    /// <summary>Mean of log p(model) − log p(reference) of the text's own tokens.</summary>
    public required MeanEstimate Change { get; init; }

    /// <summary>The model's perplexity.</summary>
    public required PerplexityEstimate Model { get; init; }

    /// <summary>The reference's.</summary>
    public required PerplexityEstimate Reference { get; init; }

    /// <summary>The model's over the reference's, its error from the differences token by token: noise both share falls out.</summary>
    public required MeanEstimate Ratio { get; init; }
}
