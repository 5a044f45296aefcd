using System.Text.Json.Serialization;
using Sputnik.Tensors;

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
    GroupedShape IGroupedConfig.Shape()
    {
        _ = Validate();
        return new()
        {
            VocabularySize = VocabularySize,
            HiddenSize = HiddenSize,
            FeedForwardSize = FeedForwardSize,
            Layers = Layers,
            Heads = Heads,
            KvHeads = KvHeads,
            HeadSize = HeadSize,
            MaxLength = MaxLength,
            Frequencies = Yarn?.Frequencies(HeadSize, RopeTheta) ?? RopeTable.Angles(HeadSize, RopeTheta),
            Magnitude = Yarn?.Magnitude ?? 1,
            Epsilon = Epsilon,
            TiedEmbeddings = TiedEmbeddings,
            Normed = true,
        };
    }

    /// <summary>This configuration, or an <see cref="ArgumentException"/> naming the key that cannot be.</summary>
    public Qwen3Config Validate()
    {
        ConfigCheck.Range("vocab_size", VocabularySize, 1, ConfigCheck.MaxSize);
        ConfigCheck.Range("hidden_size", HiddenSize, 1, ConfigCheck.MaxSize);
        ConfigCheck.Range("intermediate_size", FeedForwardSize, 1, ConfigCheck.MaxSize);
        ConfigCheck.Range("num_hidden_layers", Layers, 1, ConfigCheck.MaxLayers);
        ConfigCheck.Range("num_attention_heads", Heads, 1, ConfigCheck.MaxHeads);
        ConfigCheck.Range("num_key_value_heads", KvHeads, 1, Heads);
        ConfigCheck.Range("head_dim", HeadSize, 2, ConfigCheck.MaxHeadSize);
        ConfigCheck.Range("max_position_embeddings", MaxLength, 1, ConfigCheck.MaxLength);
        ConfigCheck.Positive("rope_theta", RopeTheta);
        ConfigCheck.RopeTable(MaxLength, HeadSize);
        ConfigCheck.Positive("rms_norm_eps", Epsilon);
        ConfigCheck.That(Heads % KvHeads == 0, $"'num_attention_heads' must be a multiple of 'num_key_value_heads' ({KvHeads}), got {Heads}.");
        ConfigCheck.That(HeadSize % 2 == 0, $"'head_dim' must be even, because columns rotate in pairs; got {HeadSize}.");
        return this;
    }
}
