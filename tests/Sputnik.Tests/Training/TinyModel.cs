using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

/// <summary>Models that train in milliseconds, and sequences for them.</summary>
internal static class TinyModel
{
    public const int Vocabulary = 23;

    public static Qwen3Model Create(ulong seed = 1)
    {
        Qwen3Model model = new(new()
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
