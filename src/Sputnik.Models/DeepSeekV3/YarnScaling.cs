using System.Text.Json.Serialization;

namespace Sputnik.Models;

/// <summary>
/// YaRN: fast rotary pairs keep their angle, slow ones turn slower by a factor, those between are mixed, so that a model
/// reaches further than it was trained. Source: arXiv 2309.00071 §3; DeepSeek-V3 §4.3. Defaults are DeepSeek-V3's.
/// </summary>
public sealed record YarnScaling
{
    /// <summary>Always yarn; older files say it here.</summary>
    [JsonPropertyName("type")]
    public string Type { get; init; } = "yarn";

    /// <summary>Always yarn; newer files say it here.</summary>
    [JsonPropertyName("rope_type")]
    public string RopeType { get; init; } = "yarn";

    /// <summary>How many times further. 40 in V3.</summary>
    [JsonPropertyName("factor")]
    public required float Factor { get; init; }

    /// <summary>Positions of the training before the extension. 4096 in V3.</summary>
    [JsonPropertyName("original_max_position_embeddings")]
    public required int OriginalLength { get; init; }

    /// <summary>Pairs with more turns than this over the original length keep their angle.</summary>
    [JsonPropertyName("beta_fast")]
    public float BetaFast { get; init; } = 32;

    /// <summary>Pairs with fewer turns than this are slowed by the whole factor.</summary>
    [JsonPropertyName("beta_slow")]
    public float BetaSlow { get; init; } = 1;

    /// <summary>Growth of cosines and sines with log(factor), relative to <see cref="MscaleAllDim"/>.</summary>
    [JsonPropertyName("mscale")]
    public float Mscale { get; init; } = 1;

    /// <summary>Growth of the attention scale with log(factor), squared. 1 in V3, 0.707 in V2.</summary>
    [JsonPropertyName("mscale_all_dim")]
    public float MscaleAllDim { get; init; } = 1;

    /// <summary>Factor on every cosine and sine; 1 in published models.</summary>
    [JsonIgnore]
    public float Magnitude => (float)(Growth(Mscale) / Growth(MscaleAllDim));

    /// <summary>Factor on the attention scale; 1.8738542 in V3.</summary>
    [JsonIgnore]
    public float AttentionFactor => (float)(Growth(MscaleAllDim) * Growth(MscaleAllDim));

    /// <summary>Angle of each pair for one position. [dim / 2]</summary>
    public float[] Frequencies(int dim, float theta)
    {
        double low = Math.Max(Math.Floor(PairOf(BetaFast, dim, theta)), 0);
        double high = Math.Min(Math.Ceiling(PairOf(BetaSlow, dim, theta)), dim - 1);
        float[] frequencies = new float[dim / 2];
        for (int i = 0; i < frequencies.Length; i++)
        {
            // A ramp of no width would divide by zero.
            double slowed = Math.Clamp((i - low) / Math.Max(high - low, 0.001), 0, 1);
            double frequency = Math.Pow(theta, -2.0 * i / dim);
            frequencies[i] = (float)((frequency * (1 - slowed)) + (frequency / Factor * slowed));
        }

        return frequencies;
    }

    internal void Validate()
    {
        ConfigCheck.That(Type == "yarn" && RopeType == "yarn", $"'rope_scaling' must be of type yarn, got {Type} and {RopeType}.");
        ConfigCheck.Positive("rope_scaling.factor", Factor);
        ConfigCheck.Range("rope_scaling.original_max_position_embeddings", OriginalLength, 1, ConfigCheck.MaxLength);
        ConfigCheck.Positive("rope_scaling.beta_fast", BetaFast);
        ConfigCheck.Positive("rope_scaling.beta_slow", BetaSlow);
        ConfigCheck.Positive("rope_scaling.mscale", Mscale);
        ConfigCheck.Positive("rope_scaling.mscale_all_dim", MscaleAllDim);
    }

    private double Growth(float mscale) => Factor <= 1 ? 1 : (0.1 * mscale * Math.Log(Factor)) + 1;

    // The pair that turns so many times over the original length.
    private double PairOf(double turns, int dim, double theta) =>
        dim * Math.Log(OriginalLength / (turns * 2 * Math.PI)) / (2 * Math.Log(theta));
}
