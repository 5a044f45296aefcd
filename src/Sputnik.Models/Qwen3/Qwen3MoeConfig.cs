using System.Text.Json.Serialization;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Shape of a Qwen3 model with a mixture of experts. Source: Qwen3 technical report (arXiv 2505.09388) §2.</summary>
public sealed record Qwen3MoeConfig : IGroupedConfig
{
    internal const string FamilyName = "qwen3_moe";

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

    /// <summary>Base of the rotary angles. 1e6 in the published models.</summary>
    [JsonPropertyName("rope_theta")]
    public float RopeTheta { get; init; } = 1_000_000;

    /// <summary>Added under the root of every norm. 1e-6 in the published models.</summary>
    [JsonPropertyName("rms_norm_eps")]
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>The head is the embedding.</summary>
    [JsonPropertyName("tie_word_embeddings")]
    public bool TiedEmbeddings { get; init; }

    /// <summary>Columns of one head. 128 in every published Qwen3.</summary>
    [JsonPropertyName("head_dim")]
    public int HeadSize { get; init; } = 128;

    /// <summary>Experts the gate chooses from. 128 in the published models.</summary>
    [JsonPropertyName("num_experts")]
    public required int Experts { get; init; }

    /// <summary>Experts a token is sent to. 8 in the published models.</summary>
    [JsonPropertyName("num_experts_per_tok")]
    public required int ExpertsPerToken { get; init; }

    /// <summary>Hidden columns of one expert.</summary>
    [JsonPropertyName("moe_intermediate_size")]
    public required int ExpertSize { get; init; }

    /// <summary>The chosen weights are divided by their sum. True in the published models.</summary>
    [JsonPropertyName("norm_topk_prob")]
    public bool NormaliseWeights { get; init; } = true;

    /// <summary>Every how many layers one is a mixture. 1 in the published models.</summary>
    [JsonPropertyName("decoder_sparse_step")]
    public int SparseStep { get; init; } = 1;

    /// <summary>Layers that stay dense all the same.</summary>
    [JsonPropertyName("mlp_only_layers")]
    public IReadOnlyList<int> DenseLayers { get; init; } = [];

    /// <summary>How the positions reach further than the training; null = not at all.</summary>
    [JsonPropertyName("rope_scaling")]
    public YarnContext? Yarn { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public string Family => FamilyName;

    /// <inheritdoc/>
    [JsonIgnore]
    public string ClassName => "Qwen3MoeForCausalLM";

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
        Mixture = Mixture(),
        IsMixture = layer => !DenseLayers.Contains(layer) && (layer + 1) % SparseStep == 0,
    }, RopeTheta, size => Yarn?.Frequencies(size, RopeTheta));

    private MixtureShape Mixture()
    {
        ConfigCheck.Range("num_experts", Experts, 1, ConfigCheck.MaxExperts);
        ConfigCheck.Range("num_experts_per_tok", ExpertsPerToken, 1, Experts);
        ConfigCheck.Range("moe_intermediate_size", ExpertSize, 1, ConfigCheck.MaxSize);
        ConfigCheck.Range("decoder_sparse_step", SparseStep, 1, ConfigCheck.MaxLayers);
        RouterSettings routing = new() { TopK = ExpertsPerToken, Sigmoid = false, Normalise = NormaliseWeights };
        return new(HiddenSize, ExpertSize, Experts, Shared: 0, Biased: false, routing, BalanceLoss: 0);
    }
}
