namespace Sputnik.Training;

/// <summary>The factor on every learning rate, step by step.</summary>
public sealed record LearningRateSchedule
{
    /// <summary>The way after the warm-up.</summary>
    public LearningRateShape Shape { get; init; } = LearningRateShape.Constant;

    /// <summary>Share of the steps in which the factor climbs from near 0 to 1. Our bases: 0.04.</summary>
    public float WarmUpFraction { get; init; }

    /// <summary>Least number of steps of warm-up. Our reinforcement learning: 5.</summary>
    public int WarmUpSteps { get; init; }

    /// <summary>Share of the steps over which <see cref="LearningRateShape.LinearDecay"/> falls. Our bases: 0.4.</summary>
    public float DecayFraction { get; init; } = 0.4f;

    /// <summary>Factor at the last step. Our bases: 0.03.</summary>
    public float Floor { get; init; } = 0.03f;

    /// <summary>The factor of step <paramref name="step"/> of <paramref name="steps"/>, counted from 1.</summary>
    public float Factor(long step, long steps)
    {
        double warmUp = Math.Max(WarmUpSteps, Math.Ceiling((double)WarmUpFraction * steps));
        double climb = warmUp > 0 ? Math.Min(1, step / warmUp) : 1;
        double done = steps > warmUp ? Math.Clamp((step - warmUp) / (steps - warmUp), 0, 1) : 0;
        double fall = Shape switch
        {
            LearningRateShape.LinearDecay => Math.Min(1, (steps - step) / Math.Max(1, (double)DecayFraction * steps)),
            // Math.Cos comes from the C library; its last bit vanishes when the factor is rounded to a float.
            LearningRateShape.Cosine => 0.5 * (1 + Math.Cos(Math.PI * done)),
            _ => 1,
        };
        return (float)(climb * (Shape == LearningRateShape.Constant ? 1 : Floor + ((1 - Floor) * Math.Max(0, fall))));
    }

    /// <summary>This, or an exception that names the value and what would be right.</summary>
    public LearningRateSchedule Validate()
    {
        Check(WarmUpFraction, nameof(WarmUpFraction));
        Check(DecayFraction, nameof(DecayFraction));
        Check(Floor, nameof(Floor));
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUpSteps);
        return this;
    }

    private static void Check(float share, string name)
    {
        if (!(share is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, share, $"{name} is a share, 0 to 1.");
        }
    }
}
