using System.Text.Json.Serialization;

namespace Sputnik.Models;

/// <summary>Shape of a Mistral model. Source: Mistral 7B (arXiv 2310.06825) §2.</summary>
public sealed record MistralConfig : IGroupedConfig
{
    internal const string FamilyName = "mistral";

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

    /// <summary>Base of the rotary angles. 1e4 in Mistral 7B v0.1, 1e6 later.</summary>
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

    /// <summary>Positions a row attends to, its own included; null = all before it. 4096 in Mistral 7B v0.1, null later.</summary>
    [JsonPropertyName("sliding_window")]
    public int? SlidingWindow { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public string Family => FamilyName;

    /// <inheritdoc/>
    [JsonIgnore]
    public string ClassName => "MistralForCausalLM";

    /// <inheritdoc/>
    GroupedShape IGroupedConfig.Shape()
    {
        ConfigCheck.Range("sliding_window", SlidingWindow ?? 1, 1, int.MaxValue);
        return GroupedCheck.Valid(new()
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
            Window = _ => SlidingWindow,
        }, RopeTheta);
    }
}
