using System.Text.Json.Serialization;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Shape of a Llama 2 or 3 model, the base of R1-Distill-Llama. Source: Llama 2 (arXiv 2307.09288) §2.2, Llama 3 (arXiv 2407.21783) §3.2.</summary>
public sealed record LlamaConfig : IGroupedConfig
{
    internal const string FamilyName = "llama";

    /// <summary>Rows of the embedding.</summary>
    [JsonPropertyName("vocab_size")]
    public required int VocabularySize { get; init; }

    /// <summary>Columns of the residual stream.</summary>
    [JsonPropertyName("hidden_size")]
    public required int HiddenSize { get; init; }

    /// <summary>Hidden columns of the feed-forward network.</summary>
    [JsonPropertyName("intermediate_size")]
    public required int FeedForwardSize { get; init; }

    /// <summary>Blocks.</summary>
    [JsonPropertyName("num_hidden_layers")]
    public required int Layers { get; init; }

    /// <summary>Query heads.</summary>
    [JsonPropertyName("num_attention_heads")]
    public required int Heads { get; init; }

    /// <summary>Key and value heads; each serves Heads / KvHeads query heads.</summary>
    [JsonPropertyName("num_key_value_heads")]
    public required int KvHeads { get; init; }

    /// <summary>Positions the model may stand at.</summary>
    [JsonPropertyName("max_position_embeddings")]
    public required int MaxLength { get; init; }

    /// <summary>Base of the rotary angles. 1e4 in Llama 2, 5e5 in Llama 3.</summary>
    [JsonPropertyName("rope_theta")]
    public float RopeTheta { get; init; } = 10_000;

    /// <summary>Added under the root of every norm. 1e-5 in the published models.</summary>
    [JsonPropertyName("rms_norm_eps")]
    public float Epsilon { get; init; } = 1e-5f;

    /// <summary>The head is the embedding.</summary>
    [JsonPropertyName("tie_word_embeddings")]
    public bool TiedEmbeddings { get; init; }

    /// <summary>Columns of one head; null = hidden / heads.</summary>
    [JsonPropertyName("head_dim")]
    public int? HeadSize { get; init; }

    /// <summary>Rotary pairs are (2i, 2i + 1), as converted files have them; published ones have (i, i + head / 2).</summary>
    [JsonPropertyName("rope_interleave")]
    public bool RopeInterleaved { get; init; }

    /// <summary>How the positions reach further than the training; null = not at all.</summary>
    [JsonPropertyName("rope_scaling")]
    public Llama3Scaling? Scaling { get; init; }

    /// <summary>What converted files divide each angle by instead of <see cref="Scaling"/>; null = 1. [head / 2]</summary>
    [JsonIgnore]
    public IReadOnlyList<float>? FrequencyFactors { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public string Family => FamilyName;

    /// <inheritdoc/>
    [JsonIgnore]
    public string ClassName => "LlamaForCausalLM";

    /// <inheritdoc/>
    GroupedShape IGroupedConfig.Shape() => GroupedCheck.Valid(new()
    {
        VocabularySize = VocabularySize,
        HiddenSize = HiddenSize,
        FeedForwardSize = FeedForwardSize,
        Layers = Layers,
        Heads = Heads,
        KvHeads = KvHeads,
        HeadSize = HeadSize ?? GroupedCheck.HeadSize(HiddenSize, Heads),
        MaxLength = MaxLength,
        Epsilon = Epsilon,
        TiedEmbeddings = TiedEmbeddings,
        RopeInterleaved = RopeInterleaved,
    }, RopeTheta, Frequencies);

    private float[] Frequencies(int headSize)
    {
        float[] angles = RopeTable.Angles(headSize, RopeTheta);
        if (FrequencyFactors is { } factors)
        {
            ConfigCheck.That(factors.Count == angles.Length, $"'rope_freqs' has {factors.Count} factors, a head of {headSize} needs {angles.Length}.");
            return [.. angles.Zip(factors, (angle, factor) => angle / factor)];
        }

        return Scaling is null ? angles : Scaling.Frequencies(angles);
    }
}
