namespace Sputnik.Generation;

/// <summary>How tokens are drawn and when a completion ends.</summary>
public sealed record SamplingSettings
{
    /// <summary>Divides the logits; 0 takes the most likely token. R1's rollouts use 1, its evaluations 0.6.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>Penalties and filters before the draw, whose temperature is <see cref="Temperature"/>; null = the whole softmax, which training needs.</summary>
    public DrawSettings? Filters { get; init; }

    /// <summary>Tokens after which a completion is cut and counts as truncated.</summary>
    public int MaxNewTokens { get; init; } = 256;

    /// <summary>Completions drawn for every prompt; they share one prefill.</summary>
    public int SamplesPerPrompt { get; init; } = 1;

    /// <summary>Tokens that end a completion; they belong to it.</summary>
    public IReadOnlyList<int> StopTokens { get; init; } = [];

    /// <summary>Returns itself, or says which value cannot be.</summary>
    public SamplingSettings Validate()
    {
        if (!float.IsFinite(Temperature) || Temperature < 0)
        {
            throw new ArgumentException($"temperature must be a finite number from 0, got {Temperature}.");
        }

        Filters?.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxNewTokens);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SamplesPerPrompt);
        return this;
    }
}
