namespace Sputnik.Training;

/// <summary>How <see cref="AdamW"/> steps.</summary>
public sealed record AdamWConfig
{
    /// <summary>Learning rate at the top of the schedule. 3e-3 trained our bases of 0.3-0.5 M parameters.</summary>
    public float LearningRate { get; init; } = 3e-3f;

    /// <summary>Decay of the mean of gradients. DeepSeek-V3 used 0.9.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>Decay of the mean of squares. DeepSeek-V3 used 0.95.</summary>
    public float Beta2 { get; init; } = 0.95f;

    /// <summary>Keeps the quotient finite. The value of the Adam paper (arXiv 1412.6980).</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>Share of a value removed per unit of learning rate. None on embeddings, head and gains; DeepSeek-V3 used 0.1.</summary>
    public float WeightDecay { get; init; }

    /// <summary>This, or an exception that names the value and what would be right.</summary>
    public AdamWConfig Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(Beta1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Beta1, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Beta2);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Beta2, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Epsilon);
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay);
        return this;
    }
}
