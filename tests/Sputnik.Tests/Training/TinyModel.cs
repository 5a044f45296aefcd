using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

/// <summary>Models that train in milliseconds, and sequences for them.</summary>
internal static class TinyModel
{
    public const int Vocabulary = 23;

    public static GroupedModel Create(ulong seed = 1)
    {
        GroupedModel model = new(new Qwen3Config
        {
            VocabularySize = Vocabulary,
            HiddenSize = 32,
            FeedForwardSize = 48,
            Layers = 2,
            Heads = 2,
            KvHeads = 1,
            HeadSize = 16,
            MaxLength = 128,
        });
        ModelInitializer.Initialize(model, seed);
        return model;
    }

    /// <summary>Latent attention, one dense layer and one mixture with a balance loss that can be felt.</summary>
    public static DeepSeekV3Model CreateMixture(ulong seed = 1)
    {
        DeepSeekV3Model model = new(new()
        {
            VocabularySize = Vocabulary,
            HiddenSize = 32,
            FeedForwardSize = 48,
            ExpertSize = 16,
            Layers = 2,
            DenseLayers = 1,
            Heads = 2,
            MaxLength = 128,
            QueryLatent = 24,
            KvLatent = 16,
            NopeSize = 8,
            RopeSize = 8,
            ValueSize = 8,
            RoutedExperts = 4,
            ExpertsPerToken = 2,
            BalanceLoss = 0.1f,
        });
        ModelInitializer.Initialize(model, seed);
        return model;
    }

    /// <summary>Sequences of 4 to 3 + <paramref name="spread"/> tokens.</summary>
    public static ScoredSequence[] Sequences(int count, int spread = 30, ulong seed = 3)
    {
        CounterRandom random = new(seed, "tiny sequences");
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                int[] tokens = [.. Enumerable.Range(0, 3 + random.NextInt(1, spread)).Select(_ => random.NextInt(0, Vocabulary - 1))];
                return new ScoredSequence(tokens, random.NextInt(1, 3));
            }),
        ];
    }

    public static float[][] Values(ILanguageModel model) => [.. model.Weights.Select(w => w.Values.ToArray())];
}
