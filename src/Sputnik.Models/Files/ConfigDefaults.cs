namespace Sputnik.Models;

/// <summary>
/// Records that carry every default of a config.json; their required properties count for nothing (<see cref="JsonDefaults"/>).
/// A file that has no extended context must not get one, so the records that can have one come with or without.
/// </summary>
public static class ConfigDefaults
{
    /// <summary>Of Mistral.</summary>
    public static MistralConfig Mistral { get; } = new()
    {
        VocabularySize = 0,
        HiddenSize = 0,
        FeedForwardSize = 0,
        Layers = 0,
        Heads = 0,
        KvHeads = 0,
        MaxLength = 0,
    };

    /// <summary>Of Llama.</summary>
    public static LlamaConfig Llama(bool scaled) => new()
    {
        VocabularySize = 0,
        HiddenSize = 0,
        FeedForwardSize = 0,
        Layers = 0,
        Heads = 0,
        KvHeads = 0,
        MaxLength = 0,
        Scaling = scaled ? new Llama3Scaling { Factor = 0 } : null,
    };

    /// <summary>Of Qwen2.</summary>
    public static Qwen2Config Qwen2(bool yarn) => new()
    {
        VocabularySize = 0,
        HiddenSize = 0,
        FeedForwardSize = 0,
        Layers = 0,
        Heads = 0,
        KvHeads = 0,
        MaxLength = 0,
        Yarn = Context(yarn),
    };

    /// <summary>Of Qwen3.</summary>
    public static Qwen3Config Qwen3(bool yarn) => new()
    {
        VocabularySize = 0,
        HiddenSize = 0,
        FeedForwardSize = 0,
        Layers = 0,
        Heads = 0,
        KvHeads = 0,
        MaxLength = 0,
        Yarn = Context(yarn),
    };

    /// <summary>Of Qwen3 with a mixture of experts.</summary>
    public static Qwen3MoeConfig Qwen3Moe(bool yarn) => new()
    {
        VocabularySize = 0,
        HiddenSize = 0,
        FeedForwardSize = 0,
        Layers = 0,
        Heads = 0,
        KvHeads = 0,
        MaxLength = 0,
        Experts = 0,
        ExpertsPerToken = 0,
        ExpertSize = 0,
        Yarn = Context(yarn),
    };

    /// <summary>Of DeepSeek-V3.</summary>
    public static DeepSeekV3Config DeepSeekV3(bool yarn) => new()
    {
        VocabularySize = 0,
        HiddenSize = 0,
        FeedForwardSize = 0,
        ExpertSize = 0,
        Layers = 0,
        DenseLayers = 0,
        Heads = 0,
        MaxLength = 0,
        QueryLatent = null,
        KvLatent = 0,
        NopeSize = 0,
        RopeSize = 0,
        ValueSize = 0,
        RoutedExperts = 0,
        ExpertsPerToken = 0,
        Yarn = yarn ? new YarnScaling { Factor = 0, OriginalLength = 0 } : null,
    };

    /// <summary>Of DeepSeek-V2, as V2-Lite has them.</summary>
    public static DeepSeekV3Config DeepSeekV2(bool yarn) => DeepSeekV3(yarn) with
    {
        Choice = ExpertChoice.Greedy,
        Scoring = GateScoring.Softmax,
        NormaliseWeights = false,
        RoutedScaling = 1,
        BalanceLoss = 1e-3f,
    };

    private static YarnContext? Context(bool yarn) => yarn ? new YarnContext { Factor = 0, OriginalLength = 0 } : null;
}
