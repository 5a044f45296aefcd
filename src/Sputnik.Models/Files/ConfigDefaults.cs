namespace Sputnik.Models;

/// <summary>Records that carry every default of a config.json; their required properties count for nothing (<see cref="JsonDefaults"/>).</summary>
public static class ConfigDefaults
{
    /// <summary>Of Qwen3.</summary>
    public static Qwen3Config Qwen3 { get; } = new()
    {
        VocabularySize = 0,
        HiddenSize = 0,
        FeedForwardSize = 0,
        Layers = 0,
        Heads = 0,
        KvHeads = 0,
        MaxLength = 0,
    };

    /// <summary>Of DeepSeek-V3, with or without an extended context: a file that has none must not get one.</summary>
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
}
