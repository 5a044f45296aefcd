using System.Text.Json.Serialization;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// Shape of a DeepSeek-V3 model under the keys of a published config.json. Source: DeepSeek-V3 technical report
/// (arXiv 2412.19437) §2.1; defaults are the published model's where a smaller one would choose the same.
/// </summary>
public sealed record DeepSeekV3Config
{
    /// <summary>Rows of the embedding.</summary>
    [JsonPropertyName("vocab_size")]
    public required int VocabularySize { get; init; }

    /// <summary>Columns of the residual stream.</summary>
    [JsonPropertyName("hidden_size")]
    public required int HiddenSize { get; init; }

    /// <summary>Hidden columns of the dense layers' network.</summary>
    [JsonPropertyName("intermediate_size")]
    public required int FeedForwardSize { get; init; }

    /// <summary>Hidden columns of one expert.</summary>
    [JsonPropertyName("moe_intermediate_size")]
    public required int ExpertSize { get; init; }

    /// <summary>Blocks.</summary>
    [JsonPropertyName("num_hidden_layers")]
    public required int Layers { get; init; }

    /// <summary>Blocks at the start that are dense. 3 of 61 in V3.</summary>
    [JsonPropertyName("first_k_dense_replace")]
    public required int DenseLayers { get; init; }

    /// <summary>Attention heads.</summary>
    [JsonPropertyName("num_attention_heads")]
    public required int Heads { get; init; }

    /// <summary>Positions the model may stand at.</summary>
    [JsonPropertyName("max_position_embeddings")]
    public required int MaxLength { get; init; }

    /// <summary>Columns of the query latent; null projects queries directly, as V2-Lite does.</summary>
    [JsonPropertyName("q_lora_rank")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int? QueryLatent { get; init; }

    /// <summary>Columns of the latent that keys and values are unfolded from.</summary>
    [JsonPropertyName("kv_lora_rank")]
    public required int KvLatent { get; init; }

    /// <summary>Columns of a head's query and key that do not rotate.</summary>
    [JsonPropertyName("qk_nope_head_dim")]
    public required int NopeSize { get; init; }

    /// <summary>Columns of a head's query that rotate; the key's are shared by all heads.</summary>
    [JsonPropertyName("qk_rope_head_dim")]
    public required int RopeSize { get; init; }

    /// <summary>Columns of a head's value.</summary>
    [JsonPropertyName("v_head_dim")]
    public required int ValueSize { get; init; }

    /// <summary>Experts the gate chooses from. 256 in V3.</summary>
    [JsonPropertyName("n_routed_experts")]
    public required int RoutedExperts { get; init; }

    /// <summary>Experts every token meets; one network of their joint size. 1 in V3.</summary>
    [JsonPropertyName("n_shared_experts")]
    public int SharedExperts { get; init; } = 1;

    /// <summary>Routed experts a token is sent to. 8 in V3.</summary>
    [JsonPropertyName("num_experts_per_tok")]
    public required int ExpertsPerToken { get; init; }

    /// <summary>Equal groups the experts stand in; 1 = no limit. 8 in V3.</summary>
    [JsonPropertyName("n_group")]
    public int Groups { get; init; } = 1;

    /// <summary>Groups a token may use. 4 in V3.</summary>
    [JsonPropertyName("topk_group")]
    public int GroupsPerToken { get; init; } = 1;

    /// <summary>How experts are chosen.</summary>
    [JsonPropertyName("topk_method")]
    public ExpertChoice Choice { get; init; } = ExpertChoice.BiasBalanced;

    /// <summary>How logits become affinities.</summary>
    [JsonPropertyName("scoring_func")]
    public GateScoring Scoring { get; init; } = GateScoring.Sigmoid;

    /// <summary>The chosen affinities are divided by their sum. True in V3, false in V2.</summary>
    [JsonPropertyName("norm_topk_prob")]
    public bool NormaliseWeights { get; init; } = true;

    /// <summary>Factor on the weights of the routed experts. 2.5 in V3, 16 in V2, 1 in V2-Lite.</summary>
    [JsonPropertyName("routed_scaling_factor")]
    public float RoutedScaling { get; init; } = 2.5f;

    /// <summary>Weight of the sequence-wise balance loss, a mean over the step's sequences that recorded passes add; 0 = none. 1e-4 in V3 (§4.2).</summary>
    [JsonPropertyName("aux_loss_alpha")]
    public float BalanceLoss { get; init; } = 1e-4f;

    /// <summary>Base of the rotary angles. 1e4 in V3.</summary>
    [JsonPropertyName("rope_theta")]
    public float RopeTheta { get; init; } = 10_000;

    /// <summary>How the positions reach further than the training; null = not at all.</summary>
    [JsonPropertyName("rope_scaling")]
    public YarnScaling? Yarn { get; init; }

    /// <summary>Pairs are (2i, 2i + 1), as DeepSeek publishes its weights; otherwise (i, i + rope / 2).</summary>
    [JsonPropertyName("rope_interleave")]
    public bool RopeInterleaved { get; init; } = true;

    /// <summary>Added under the root of every norm. 1e-6 in V3.</summary>
    [JsonPropertyName("rms_norm_eps")]
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>The head is the embedding. False in V3.</summary>
    [JsonPropertyName("tie_word_embeddings")]
    public bool TiedEmbeddings { get; init; }

    /// <summary>
    /// How attention is computed. Expanded is less work per key and right for small models; choose absorbed where the
    /// cache is what limits: V3 keeps 576 values a token and layer instead of 40,960.
    /// </summary>
    [JsonPropertyName("sputnik_attention_form")]
    public AttentionForm AttentionForm { get; init; } = AttentionForm.Expanded;

    /// <summary>Columns of a head's query and key.</summary>
    [JsonIgnore]
    public int QuerySize => NopeSize + RopeSize;

    /// <summary>Factor on query times key: 1 / √columns, more with an extended context.</summary>
    [JsonIgnore]
    public float AttentionScale => (Yarn?.AttentionFactor ?? 1) / MathF.Sqrt(QuerySize);

    /// <summary>Family, as config.json's model_type says it: a bias on the choice of experts came with V3.</summary>
    [JsonIgnore]
    public string Family => Choice == ExpertChoice.BiasBalanced ? DeepSeekV3Model.Family : DeepSeekV3Model.OlderFamily;

    /// <summary>What other software calls the class, as config.json's architectures says it.</summary>
    [JsonIgnore]
    public string ClassName => Family == DeepSeekV3Model.Family ? "DeepseekV3ForCausalLM" : "DeepseekV2ForCausalLM";

    /// <summary>Its mixture layers.</summary>
    [JsonIgnore]
    internal MixtureShape Mixture => new(HiddenSize, ExpertSize, RoutedExperts, SharedExperts, Choice == ExpertChoice.BiasBalanced, Routing, BalanceLoss);

    private RouterSettings Routing => new()
    {
        TopK = ExpertsPerToken,
        Groups = Groups,
        GroupsKept = GroupsPerToken,
        Sigmoid = Scoring == GateScoring.Sigmoid,
        Normalise = NormaliseWeights,
        Scaling = RoutedScaling,
    };

    /// <summary>This configuration, or an <see cref="ArgumentException"/> naming the key that cannot be.</summary>
    public DeepSeekV3Config Validate()
    {
        ConfigCheck.Range("vocab_size", VocabularySize, 1, ConfigCheck.MaxSize);
        ConfigCheck.Range("hidden_size", HiddenSize, 1, ConfigCheck.MaxSize);
        ConfigCheck.Range("intermediate_size", FeedForwardSize, 1, ConfigCheck.MaxSize);
        ConfigCheck.Range("moe_intermediate_size", ExpertSize, 1, ConfigCheck.MaxSize);
        ConfigCheck.Range("num_hidden_layers", Layers, 1, ConfigCheck.MaxLayers);
        ConfigCheck.Range("first_k_dense_replace", DenseLayers, 0, Layers);
        ConfigCheck.Range("num_attention_heads", Heads, 1, ConfigCheck.MaxHeads);
        ConfigCheck.Range("max_position_embeddings", MaxLength, 1, ConfigCheck.MaxLength);
        ConfigCheck.Range("q_lora_rank", QueryLatent ?? 1, 1, ConfigCheck.MaxSize);
        ConfigCheck.Range("kv_lora_rank", KvLatent, 1, ConfigCheck.MaxSize);
        ConfigCheck.Range("qk_nope_head_dim", NopeSize, 1, ConfigCheck.MaxHeadSize);
        ConfigCheck.Range("qk_rope_head_dim", RopeSize, 2, ConfigCheck.MaxHeadSize);
        ConfigCheck.That(RopeSize % 2 == 0, $"'qk_rope_head_dim' must be even, because columns rotate in pairs; got {RopeSize}.");
        ConfigCheck.Range("v_head_dim", ValueSize, 1, ConfigCheck.MaxHeadSize);
        ConfigCheck.Positive("rope_theta", RopeTheta);
        ConfigCheck.RopeTable(MaxLength, RopeSize);
        Yarn?.Validate();
        ConfigCheck.Positive("rms_norm_eps", Epsilon);
        ConfigCheck.Positive("routed_scaling_factor", RoutedScaling);
        ConfigCheck.That(BalanceLoss >= 0 && float.IsFinite(BalanceLoss), $"'aux_loss_alpha' must not be negative, got {BalanceLoss}.");
        ValidateRouting();
        return this;
    }

    private void ValidateRouting()
    {
        ConfigCheck.Range("n_routed_experts", RoutedExperts, 1, ConfigCheck.MaxExperts);
        ConfigCheck.Range("n_shared_experts", SharedExperts, 0, ConfigCheck.MaxExperts);
        ConfigCheck.That((long)SharedExperts * ExpertSize <= ConfigCheck.MaxSize, $"'n_shared_experts' times 'moe_intermediate_size' must be at most {ConfigCheck.MaxSize}.");
        ConfigCheck.Range("n_group", Groups, 1, RoutedExperts);
        ConfigCheck.Range("topk_group", GroupsPerToken, 1, Groups);
        ConfigCheck.That(RoutedExperts % Groups == 0, $"'n_routed_experts' must be a multiple of 'n_group' ({Groups}), got {RoutedExperts}.");
        ConfigCheck.Range("num_experts_per_tok", ExpertsPerToken, 1, RoutedExperts / Groups * GroupsPerToken);
        ConfigCheck.That(Choice != ExpertChoice.Greedy || Groups == 1, "'topk_method' greedy knows no groups; 'n_group' must be 1.");
    }
}
