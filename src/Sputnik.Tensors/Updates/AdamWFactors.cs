namespace Sputnik.Tensors;

/// <summary>The numbers of one AdamW step, worked out once for all weights. Formula: <see cref="WeightUpdate.AdamW"/>.</summary>
public readonly record struct AdamWFactors
{
    /// <summary>Multiplies the gradient first: the clipping factor, 1 when nothing is clipped.</summary>
    public required float GradientScale { get; init; }

    /// <summary>Decay of the mean of gradients, β₁.</summary>
    public required float Beta1 { get; init; }

    /// <summary>Decay of the mean of squares, β₂.</summary>
    public required float Beta2 { get; init; }

    /// <summary>Learning rate / (1 − β₁ᵗ).</summary>
    public required float StepSize { get; init; }

    /// <summary>1 / √(1 − β₂ᵗ).</summary>
    public required float RootCorrection { get; init; }

    /// <summary>Keeps the quotient finite.</summary>
    public required float Epsilon { get; init; }

    /// <summary>What is left of a value after decoupled weight decay: 1 − learning rate · decay.</summary>
    public required float Keep { get; init; }
}
