using System.Text.Json.Serialization;

namespace Sputnik.Models;

/// <summary>Shape of a Qwen2 or Qwen2.5 model, the base of R1-Distill-Qwen. Source: Qwen2 technical report (arXiv 2407.10671) §2.2.</summary>
public sealed record Qwen2Config : IGroupedConfig
{
    internal const string FamilyName = "qwen2";

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

    /// <summary>Base of the rotary angles. 1e6 in the published models, 1e4 in the mathematical ones.</summary>
    [JsonPropertyName("rope_theta")]
    public float RopeTheta { get; init; } = 1_000_000;

    /// <summary>Added under the root of every norm. 1e-6 in the published models.</summary>
    [JsonPropertyName("rms_norm_eps")]
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>The head is the embedding.</summary>
    [JsonPropertyName("tie_word_embeddings")]
    public bool TiedEmbeddings { get; init; }

    /// <summary>Whether the later layers attend to a window only. False in the published models.</summary>
    [JsonPropertyName("use_sliding_window")]
    public bool Windowed { get; init; }

    /// <summary>Positions a row of those layers attends to, its own included.</summary>
    [JsonPropertyName("sliding_window")]
    public int? SlidingWindow { get; init; }

    /// <summary>Layers at the start that attend to everything all the same.</summary>
    [JsonPropertyName("max_window_layers")]
    public int WholeLayers { get; init; }

    /// <summary>How the positions reach further than the training; null = not at all.</summary>
    [JsonPropertyName("rope_scaling")]
    public YarnContext? Yarn { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public string Family => FamilyName;

    /// <inheritdoc/>
    [JsonIgnore]
    public string ClassName => "Qwen2ForCausalLM";

    /// <inheritdoc/>
    GroupedShape IGroupedConfig.Shape()
    {
        ConfigCheck.That(!Windowed || SlidingWindow > 0, "'use_sliding_window' needs a 'sliding_window' of at least 1.");
        return GroupedCheck.Valid(new()
        {
            VocabularySize = VocabularySize,
            HiddenSize = HiddenSize,
            FeedForwardSize = FeedForwardSize,
            Layers = Layers,
            Heads = Heads,
            KvHeads = KvHeads,
            HeadSize = GroupedCheck.HeadSize(HiddenSize, Heads),
            MaxLength = MaxLength,
            Magnitude = Yarn?.Magnitude ?? 1,
            Window = layer => Windowed && layer >= WholeLayers ? SlidingWindow : null,
            Epsilon = Epsilon,
            TiedEmbeddings = TiedEmbeddings,
            Biased = true,
        }, RopeTheta, size => Yarn?.Frequencies(size, RopeTheta));
    }
}
