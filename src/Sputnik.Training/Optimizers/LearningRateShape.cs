namespace Sputnik.Training;

/// <summary>The way a learning rate goes after its warm-up.</summary>
public enum LearningRateShape
{
    /// <summary>Stays at the top.</summary>
    Constant,

    /// <summary>Stays at the top, then falls in a line to the floor over the last part of the steps.</summary>
    LinearDecay,

    /// <summary>Falls along half a cosine to the floor. DeepSeek-R1's fine-tuning: 5e-5 → 5e-6, so a floor of 0.1.</summary>
    Cosine,
}
