using System.Text.Json.Serialization;

namespace Sputnik.Models;

/// <summary>
/// YaRN as Qwen and R1-0528-Qwen3 use it: angles as in <see cref="YarnScaling"/>, and cosines and sines grow where DeepSeek's
/// attention scale does. Source: arXiv 2309.00071 §3.4; Qwen3 (arXiv 2505.09388) §3.2.
/// </summary>
public sealed record YarnContext
{
    /// <summary>Always yarn; older files say it here.</summary>
    [JsonPropertyName("type")]
    public string Type { get; init; } = "yarn";

    /// <summary>Always yarn; newer files say it here.</summary>
    [JsonPropertyName("rope_type")]
    public string RopeType { get; init; } = "yarn";

    /// <summary>How many times further. 4 in the published models.</summary>
    [JsonPropertyName("factor")]
    public required float Factor { get; init; }

    /// <summary>Positions of the training before the extension. 32,768 in the published models.</summary>
    [JsonPropertyName("original_max_position_embeddings")]
    public required int OriginalLength { get; init; }

    /// <summary>Pairs with more turns than this over the original length keep their angle.</summary>
    [JsonPropertyName("beta_fast")]
    public float BetaFast { get; init; } = 32;

    /// <summary>Pairs with fewer turns than this are slowed by the whole factor.</summary>
    [JsonPropertyName("beta_slow")]
    public float BetaSlow { get; init; } = 1;

    /// <summary>Factor on every cosine and sine; null = what <see cref="AttnFactor"/> makes of the formula.</summary>
    [JsonPropertyName("attention_factor")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? AttentionFactor { get; init; }

    /// <summary>Factor on the formula's growth; null = 1. 0.878 in R1-0528-Qwen3, which undoes it.</summary>
    [JsonPropertyName("attn_factor")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? AttnFactor { get; init; }

    /// <summary>Factor on every cosine and sine: 0.1 ln(factor) + 1 where nothing else is said.</summary>
    [JsonIgnore]
    public float Magnitude => AttentionFactor ?? (AttnFactor ?? 1) * (float)(Factor <= 1 ? 1 : (0.1 * Math.Log(Factor)) + 1);

    /// <summary>Angle of each pair for one position. [dim / 2]</summary>
    public float[] Frequencies(int dim, float theta)
    {
        YarnScaling scaling = new()
        {
            Type = Type,
            RopeType = RopeType,
            Factor = Factor,
            OriginalLength = OriginalLength,
            BetaFast = BetaFast,
            BetaSlow = BetaSlow,
        };
        scaling.Validate();
        ConfigCheck.Positive("rope_scaling.attn_factor", Magnitude);
        return scaling.Frequencies(dim, theta);
    }
}
