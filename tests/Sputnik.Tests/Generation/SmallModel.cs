using Sputnik.Models;

namespace Sputnik.Tests.Generation;

/// <summary>A seeded model for SmallTokenizer: it says nothing sensible, but always the same.</summary>
internal static class SmallModel
{
    public static ILanguageModel Create(ulong seed = 5)
    {
        GroupedModel model = new(new Qwen3Config
        {
            VocabularySize = 320, // SmallTokenizer has 304: as published models, this one can say ids without a token
            HiddenSize = 32,
            FeedForwardSize = 48,
            Layers = 2,
            Heads = 2,
            KvHeads = 1,
            HeadSize = 16,
            MaxLength = 1024,
        });
        ModelInitializer.Initialize(model, seed);
        return model;
    }
}
