using Sputnik.Models;

namespace Sputnik.Tests.Models;

/// <summary>Configurations the tests of this room share: published ones for counting, tiny ones for running.</summary>
internal static class Shapes
{
    /// <summary>DeepSeek-V3 without its prediction module.</summary>
    public static DeepSeekV3Config V3 { get; } = new()
    {
        VocabularySize = 129_280,
        HiddenSize = 7168,
        FeedForwardSize = 18_432,
        ExpertSize = 2048,
        Layers = 61,
        DenseLayers = 3,
        Heads = 128,
        MaxLength = 163_840,
        QueryLatent = 1536,
        KvLatent = 512,
        NopeSize = 128,
        RopeSize = 64,
        ValueSize = 128,
        RoutedExperts = 256,
        SharedExperts = 1,
        ExpertsPerToken = 8,
        Groups = 8,
        GroupsPerToken = 4,
    };

    /// <summary>DeepSeek-V2-Lite.</summary>
    public static DeepSeekV3Config V2Lite { get; } = new()
    {
        VocabularySize = 102_400,
        HiddenSize = 2048,
        FeedForwardSize = 10_944,
        ExpertSize = 1408,
        Layers = 27,
        DenseLayers = 1,
        Heads = 16,
        MaxLength = 163_840,
        QueryLatent = null,
        KvLatent = 512,
        NopeSize = 128,
        RopeSize = 64,
        ValueSize = 128,
        RoutedExperts = 64,
        SharedExperts = 2,
        ExpertsPerToken = 6,
        Choice = ExpertChoice.Greedy,
        Scoring = GateScoring.Softmax,
        NormaliseWeights = false,
        RoutedScaling = 1,
    };

    /// <summary>One dense layer and one mixture; every option of V3 in use.</summary>
    public static DeepSeekV3Config TinyDeepSeek { get; } = new()
    {
        VocabularySize = 24,
        HiddenSize = 16,
        FeedForwardSize = 24,
        ExpertSize = 8,
        Layers = 2,
        DenseLayers = 1,
        Heads = 2,
        MaxLength = 256,
        QueryLatent = 12,
        KvLatent = 8,
        NopeSize = 6,
        RopeSize = 4,
        ValueSize = 6,
        RoutedExperts = 8,
        SharedExperts = 1,
        ExpertsPerToken = 2,
        Groups = 4,
        GroupsPerToken = 2,
        BalanceLoss = 0,
    };

    /// <summary>Two layers, two query heads on one key head.</summary>
    public static Qwen3Config TinyQwen { get; } = new()
    {
        VocabularySize = 24,
        HiddenSize = 16,
        FeedForwardSize = 24,
        Layers = 2,
        Heads = 2,
        KvHeads = 1,
        HeadSize = 8,
        MaxLength = 256,
    };

    /// <summary>Llama 3.1: scaled angles, tied.</summary>
    public static LlamaConfig TinyLlama { get; } = new()
    {
        VocabularySize = 24,
        HiddenSize = 16,
        FeedForwardSize = 24,
        Layers = 2,
        Heads = 2,
        KvHeads = 1,
        MaxLength = 256,
        Scaling = new() { Factor = 8, OriginalLength = 64 },
        TiedEmbeddings = true,
    };

    /// <summary>Mistral: heads that do not add up to the hidden size, a window shorter than a page.</summary>
    public static MistralConfig TinyMistral { get; } = new()
    {
        VocabularySize = 24,
        HiddenSize = 16,
        FeedForwardSize = 24,
        Layers = 2,
        Heads = 4,
        KvHeads = 2,
        HeadSize = 6,
        MaxLength = 256,
        SlidingWindow = 3,
        RopeInterleaved = true,
    };

    /// <summary>Qwen2: biases, an extended context and a window in the second layer.</summary>
    public static Qwen2Config TinyQwen2 { get; } = new()
    {
        VocabularySize = 24,
        HiddenSize = 16,
        FeedForwardSize = 24,
        Layers = 2,
        Heads = 2,
        KvHeads = 1,
        MaxLength = 256,
        Windowed = true,
        SlidingWindow = 37,
        WholeLayers = 1,
        Yarn = new() { Factor = 4, OriginalLength = 64 },
    };

    /// <summary>Qwen3 with a mixture in its second layer.</summary>
    public static Qwen3MoeConfig TinyQwenMoe { get; } = new()
    {
        VocabularySize = 24,
        HiddenSize = 16,
        FeedForwardSize = 24,
        Layers = 3,
        Heads = 2,
        KvHeads = 1,
        HeadSize = 8,
        MaxLength = 256,
        Experts = 6,
        ExpertsPerToken = 2,
        ExpertSize = 8,
        SparseStep = 2,
    };
}
