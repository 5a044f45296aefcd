using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

/// <summary>Logits of sequences under a way of cutting them into batches.</summary>
internal static class Rollout
{
    /// <summary>Logits of every position of every sequence. [sequence][position · vocabulary]</summary>
    /// <param name="model">Model asked.</param>
    /// <param name="sequences">Tokens.</param>
    /// <param name="steps">For each step and sequence, how many more positions to feed; null = all at once.</param>
    /// <param name="threads">Workers.</param>
    /// <param name="recorded">Whether a tape records.</param>
    public static float[][] Logits(
        ILanguageModel model, int[][] sequences, IEnumerable<int[]>? steps = null, int threads = 1, bool recorded = false)
    {
        using Arena arena = new();
        using Workers workers = new(threads);
        using KvCache kv = Cache(model, sequences);
        int[] open = [.. sequences.Select(_ => kv.Open())];
        int[] done = new int[sequences.Length];
        float[][] logits = [.. sequences.Select(s => new float[s.Length * model.VocabularySize])];
        foreach (int[] step in steps ?? [[.. sequences.Select(s => s.Length)]])
        {
            Batch batch = new(step.Sum());
            for (int s = 0; s < step.Length; s++)
            {
                kv.Extend(open[s], done[s] + step[s]);
                batch.Add(sequences[s].AsSpan(done[s], step[s]), open[s], done[s]);
            }

            Ops op = new(arena, workers, recorded ? new Tape(arena) : null);
            Span<float> rows = op.Linear(model.Hidden(op, batch, kv), model.Head).Span;
            for (int s = 0; s < step.Length; s++)
            {
                int values = step[s] * model.VocabularySize;
                rows[..values].CopyTo(logits[s].AsSpan(done[s] * model.VocabularySize));
                rows = rows[values..];
                done[s] += step[s];
            }

            arena.Reset();
        }

        Assert.Equal(sequences.Select(s => s.Length), done);
        return logits;
    }

    /// <summary>A cache that holds them all.</summary>
    public static KvCache Cache(ILanguageModel model, int[][] sequences) =>
        new(model.KvShape, sequences.Sum(s => (s.Length / KvCache.PageKeys) + 1), sequences.Length, model.MaxLength);

    /// <summary>Sequences of the given lengths.</summary>
    public static int[][] Sequences(int vocabulary, params int[] lengths) =>
        [.. lengths.Select((length, s) =>
        {
            CounterRandom random = new(5, $"sequence {s}");
            return Enumerable.Range(0, length).Select(_ => random.NextInt(0, vocabulary - 1)).ToArray();
        })];

    /// <summary>A random model with selection biases, gains and routing that are not all alike.</summary>
    public static ILanguageModel Model(string shape)
    {
        ILanguageModel model = shape switch
        {
            "qwen" => new GroupedModel(Shapes.TinyQwen),
            "qwen tied" => new GroupedModel(Shapes.TinyQwen with { TiedEmbeddings = true }),
            "llama" => new GroupedModel(Shapes.TinyLlama),
            "mistral" => new GroupedModel(Shapes.TinyMistral),
            "qwen2" => new GroupedModel(Shapes.TinyQwen2),
            "qwen moe" => new GroupedModel(Shapes.TinyQwenMoe),
            "qwen moe over all" => new GroupedModel(Shapes.TinyQwenMoe with { ExpertsPerToken = 6, NormaliseWeights = false }),
            "expanded" => new DeepSeekV3Model(Shapes.TinyDeepSeek),
            "absorbed" => new DeepSeekV3Model(Shapes.TinyDeepSeek with { AttentionForm = AttentionForm.Absorbed }),
            "direct query" => new DeepSeekV3Model(Shapes.TinyDeepSeek with { QueryLatent = null }),
            "softmax" => new DeepSeekV3Model(Shapes.TinyDeepSeek with
            {
                Choice = ExpertChoice.GroupLimited,
                Scoring = GateScoring.Softmax,
                NormaliseWeights = false,
            }),
            // No choice left to flip while weights are moved.
            "softmax over all" => new DeepSeekV3Model(Shapes.TinyDeepSeek with
            {
                Choice = ExpertChoice.Greedy,
                Scoring = GateScoring.Softmax,
                Groups = 1,
                GroupsPerToken = 1,
                ExpertsPerToken = 8,
            }),
            _ => throw new ArgumentException(shape),
        };
        ModelInitializer.Initialize(model, 11);
        foreach (Weight weight in model.Weights.Where((_, i) => model.Declarations[i].Role is WeightRole.Gain or WeightRole.Bias or WeightRole.SelectionBias))
        {
            CounterRandom random = new(12, weight.Name);
            foreach (ref float value in weight.Values)
            {
                value += 0.1f * random.NextNormal();
            }

            weight.Touch();
        }

        return model;
    }
}
