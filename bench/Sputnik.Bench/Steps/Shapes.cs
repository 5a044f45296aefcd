using Sputnik.Models;

namespace Sputnik.Bench;

/// <summary>Models whose training is timed.</summary>
internal static class Shapes
{
    /// <summary>The recipe everyone runs first.</summary>
    public const string QuickRecipe = "recipes/zero-quick";

    /// <summary>Grouped-query attention and dense networks, the head tied to the embedding so that every parameter multiplies.</summary>
    public static Qwen3Config Dense { get; } = new()
    {
        VocabularySize = 1024,
        HiddenSize = 256,
        FeedForwardSize = 768,
        Layers = 4,
        Heads = 4,
        KvHeads = 2,
        HeadSize = 64,
        MaxLength = 256,
        TiedEmbeddings = true,
    };

    /// <summary>Latent attention and a mixture of experts in the proportions of the recipes.</summary>
    public static DeepSeekV3Config Mixture { get; } = new()
    {
        VocabularySize = 512,
        HiddenSize = 256,
        FeedForwardSize = 768,
        ExpertSize = 192,
        Layers = 4,
        DenseLayers = 1,
        Heads = 4,
        MaxLength = 256,
        QueryLatent = null,
        KvLatent = 128,
        NopeSize = 32,
        RopeSize = 32,
        ValueSize = 64,
        RoutedExperts = 8,
        SharedExperts = 1,
        ExpertsPerToken = 2,
        Groups = 1,
        GroupsPerToken = 1,
    };
}
