using System.Text.Json.Serialization;

namespace Sputnik.Models;

/// <summary>Shape of a Qwen3 model under the keys of a published config.json. Source: Qwen3 technical report (arXiv 2505.09388) §2.</summary>
public sealed record Qwen3Config : IGroupedConfig
{
    internal const string FamilyName = "qwen3";

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

    /// <summary>Columns of one head. 128 in every published Qwen3, whatever the hidden size.</summary>
    [JsonPropertyName("head_dim")]
    public int HeadSize { get; init; } = 128;

    /// <summary>Positions the model may stand at.</summary>
    [JsonPropertyName("max_position_embeddings")]
    public required int MaxLength { get; init; }

    /// <summary>Base of the rotary angles. 1e6 in the published Qwen3 models.</summary>
    [JsonPropertyName("rope_theta")]
    public float RopeTheta { get; init; } = 1_000_000;

    /// <summary>Added under the root of every norm. 1e-6 in the published Qwen3 models.</summary>
    [JsonPropertyName("rms_norm_eps")]
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>The head is the embedding. True up to 4B in the published models.</summary>
    [JsonPropertyName("tie_word_embeddings")]
    public bool TiedEmbeddings { get; init; }

    /// <summary>How the positions reach further than the training; null = not at all.</summary>
    [JsonPropertyName("rope_scaling")]
    public YarnContext? Yarn { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public string Family => FamilyName;

    /// <inheritdoc/>
    [JsonIgnore]
    public string ClassName => "Qwen3ForCausalLM";

    /// <inheritdoc/>
    GroupedShape IGroupedConfig.Shape() => GroupedCheck.Valid(new()
    {
        VocabularySize = VocabularySize,
        HiddenSize = HiddenSize,
        FeedForwardSize = FeedForwardSize,
        Layers = Layers,
        Heads = Heads,
        KvHeads = KvHeads,
        HeadSize = HeadSize,
        MaxLength = MaxLength,
        Magnitude = Yarn?.Magnitude ?? 1,
        Epsilon = Epsilon,
        TiedEmbeddings = TiedEmbeddings,
        Normed = true,
    }, RopeTheta, size => Yarn?.Frequencies(size, RopeTheta));

    /// <summary>This configuration, or an <see cref="ArgumentException"/> naming the key that cannot be.</summary>
    public Qwen3Config Validate()
    {
        _ = ((IGroupedConfig)this).Shape();
        return this;
    }
}
