using System.Text.Json.Serialization;

namespace Sputnik.Models;

/// <summary>
/// Llama 3.1's longer context: fast rotary pairs keep their angle, slow ones turn slower by a factor, those between are
/// mixed by how often they turn over the original length. Source: meta-llama/llama-models, apply_scaling.
/// </summary>
public sealed record Llama3Scaling
{
    /// <summary>Always llama3.</summary>
    [JsonPropertyName("rope_type")]
    public string RopeType { get; init; } = "llama3";

    /// <summary>How many times further. 8 in Llama 3.1, 32 in 3.2.</summary>
    [JsonPropertyName("factor")]
    public required float Factor { get; init; }

    /// <summary>Pairs that turn less often than this over the original length are slowed by the whole factor.</summary>
    [JsonPropertyName("low_freq_factor")]
    public float LowFrequency { get; init; } = 1;

    /// <summary>Pairs that turn more often than this keep their angle.</summary>
    [JsonPropertyName("high_freq_factor")]
    public float HighFrequency { get; init; } = 4;

    /// <summary>Positions of the training before the extension.</summary>
    [JsonPropertyName("original_max_position_embeddings")]
    public int OriginalLength { get; init; } = 8192;

    /// <summary>The scaled angles.</summary>
    public float[] Frequencies(IReadOnlyList<float> angles)
    {
        ConfigCheck.That(RopeType == "llama3", $"'rope_scaling' must be of type llama3, got {RopeType}.");
        ConfigCheck.Positive("rope_scaling.factor", Factor);
        ConfigCheck.That(HighFrequency > LowFrequency, $"'rope_scaling.high_freq_factor' must be above {LowFrequency}, got {HighFrequency}.");
        return [.. angles.Select(Scaled)];
    }

    private float Scaled(float angle)
    {
        double turns = OriginalLength * angle / (2 * Math.PI);
        double kept = Math.Clamp((turns - LowFrequency) / (HighFrequency - LowFrequency), 0, 1);
        return (float)((angle * kept) + (angle / Factor * (1 - kept)));
    }
}
