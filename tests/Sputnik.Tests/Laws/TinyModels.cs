using Sputnik.Models;

namespace Sputnik.Tests.Laws;

/// <summary>
/// Seeded models of every family, small enough for a law to run them many ways and odd enough that no width is a
/// multiple of a vector's. Their caches hold sequences longer than a page.
/// </summary>
internal static class TinyModels
{
    /// <summary>Names for theories; <see cref="Create"/> makes the model.</summary>
    public static string[] Names { get; } = ["Qwen3", "Qwen3, tied", "Qwen3, mixture", "Qwen2", "Mistral, windowed", "DeepSeek-V3, expanded", "DeepSeek-V3, absorbed"];

    public static ILanguageModel Create(string name)
    {
        ILanguageModel model = name switch
        {
            "Qwen3" => new GroupedModel(Qwen),
            "Qwen3, tied" => new GroupedModel(Qwen with { TiedEmbeddings = true }),
            "Qwen3, mixture" => new GroupedModel(QwenMixture),
            "Qwen2" => new GroupedModel(Qwen2),
            "Mistral, windowed" => new GroupedModel(Mistral),
            "DeepSeek-V3, expanded" => new DeepSeekV3Model(DeepSeek),
            "DeepSeek-V3, absorbed" => new DeepSeekV3Model(DeepSeek with { AttentionForm = AttentionForm.Absorbed }),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No tiny model has this name."),
        };
        ModelInitializer.Initialize(model, seed: 20260101);
        return model;
    }

    private static Qwen3Config Qwen { get; } = new()
    {
        VocabularySize = 83,
        HiddenSize = 36,
        FeedForwardSize = 53,
        Layers = 2,
        Heads = 4,
        KvHeads = 2,
        HeadSize = 18,
        MaxLength = 256,
    };

    private static Qwen3MoeConfig QwenMixture { get; } = new()
    {
        VocabularySize = 83,
        HiddenSize = 36,
        FeedForwardSize = 53,
        Layers = 2,
        Heads = 4,
        KvHeads = 2,
        HeadSize = 18,
        MaxLength = 256,
        Experts = 7,
        ExpertsPerToken = 3,
        ExpertSize = 19,
        DenseLayers = [0],
    };

    private static Qwen2Config Qwen2 { get; } = new()
    {
        VocabularySize = 83,
        HiddenSize = 36,
        FeedForwardSize = 53,
        Layers = 2,
        Heads = 2,
        KvHeads = 1,
        MaxLength = 256,
    };

    private static MistralConfig Mistral { get; } = new()
    {
        VocabularySize = 83,
        HiddenSize = 36,
        FeedForwardSize = 53,
        Layers = 2,
        Heads = 3,
        KvHeads = 1,
        HeadSize = 22,
        MaxLength = 256,
        SlidingWindow = 29,
    };

    private static DeepSeekV3Config DeepSeek { get; } = new()
    {
        VocabularySize = 83,
        HiddenSize = 36,
        FeedForwardSize = 53,
        ExpertSize = 19,
        Layers = 2,
        DenseLayers = 1,
        Heads = 3,
        MaxLength = 256,
        QueryLatent = 21,
        KvLatent = 17,
        NopeSize = 10,
        RopeSize = 6,
        ValueSize = 11,
        RoutedExperts = 8,
        ExpertsPerToken = 3,
        Groups = 4,
        GroupsPerToken = 2,
        BalanceLoss = 0,
    };
}
