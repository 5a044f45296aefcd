namespace Sputnik.Training;

/// <summary>How <see cref="Muon"/> steps.</summary>
public sealed record MuonConfig
{
    /// <summary>Learning rate at the top of the schedule. 0.015 trained our bases of 0.3-0.5 M parameters.</summary>
    public float LearningRate { get; init; } = 0.015f;

    /// <summary>Decay of the sum of gradients. Jordan et al. 2024 use 0.95.</summary>
    public float Momentum { get; init; } = 0.95f;

    /// <summary>Share of a value removed per unit of learning rate. 0.1 in our bases.</summary>
    public float WeightDecay { get; init; } = 0.1f;

    /// <summary>This, or an exception that names the value and what would be right.</summary>
    public MuonConfig Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(Momentum);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Momentum, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay);
        return this;
    }
}
