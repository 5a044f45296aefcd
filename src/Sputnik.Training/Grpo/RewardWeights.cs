namespace Sputnik.Training;

/// <summary>What a response's reward is made of: the weighted sum of three scores in [0, 1].</summary>
public sealed record RewardWeights
{
    /// <summary>On a right answer in a valid format.</summary>
    public float Accuracy { get; init; } = 1;

    /// <summary>On the format alone. R1 weighs both alike; at our scale 0.1, or the format is learned instead of the answer.</summary>
    public float Format { get; init; } = 0.1f;

    /// <summary>On the share of words in the asked language. R1 adds it directly from its first stage on, R1-Zero not at all.</summary>
    public float Language { get; init; }

    /// <summary>On <see cref="OverlongPenalty"/>, a score in [−1, 0]. DAPO uses 1.</summary>
    public float Overlong { get; init; }

    /// <summary>The reward of one response.</summary>
    public float Of(float accuracy, float format, float language, float overlong) =>
        (Accuracy * accuracy) + (Format * format) + (Language * language) + (Overlong * overlong);
}
