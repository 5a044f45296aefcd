namespace Sputnik.Tensors;

/// <summary>The numbers of one Muon step. Formula: <see cref="MuonStep"/>.</summary>
public readonly record struct MuonFactors
{
    /// <summary>Multiplies the gradient first: the clipping factor, 1 when nothing is clipped.</summary>
    public required float GradientScale { get; init; }

    /// <summary>Decay of the sum of gradients.</summary>
    public required float Momentum { get; init; }

    /// <summary>Learning rate; a weight taller than wide takes √(Out / In) times as much.</summary>
    public required float LearningRate { get; init; }

    /// <summary>What is left of a value after decoupled weight decay: 1 − learning rate · decay.</summary>
    public required float Keep { get; init; }
}
