using System.Diagnostics;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>
/// Tokens a second of a model on made-up tokens, as llama-bench counts them: a prompt in one batch, and steps of one token
/// for each of some sequences from an empty cache. No sampling; logits of the last row of each sequence.
/// </summary>
internal sealed class Throughput(ILanguageModel model, Workers workers, KvType kv) : IDisposable
{
    private readonly Arena _arena = new();
    private readonly CounterRandom _random = new(1, "bench");

    /// <summary>Reading a prompt.</summary>
    public ThroughputLine Prompt(int tokens, int repetitions) =>
        Measure($"pp{tokens}", null, tokens, repetitions, cache =>
        {
            var batch = new Batch(tokens);
            int sequence = Open(cache, tokens);
            for (int position = 0; position < tokens; position++)
            {
                batch.Add(Token(), sequence, position);
            }

            Step(batch, cache, logits: 1);
        }, sequences: 1, length: tokens);

    /// <summary>Making tokens for <paramref name="sequences"/> sequences at once.</summary>
    public ThroughputLine Decode(int steps, int sequences, int repetitions) =>
        Measure($"tg{steps}", sequences, steps * sequences, repetitions, cache =>
        {
            var batch = new Batch(sequences);
            int[] open = [.. Enumerable.Range(0, sequences).Select(_ => Open(cache, steps))];
            for (int position = 0; position < steps; position++)
            {
                batch.Clear();
                foreach (int sequence in open)
                {
                    batch.Add(Token(), sequence, position);
                }

                Step(batch, cache, sequences);
            }
        }, sequences, steps);

    public void Dispose() => _arena.Dispose();

    private ThroughputLine Measure(string test, int? batch, int tokens, int repetitions, Action<KvCache> work, int sequences, int length)
    {
        using KvCache cache = new(model.KvShape, sequences * ((length + KvCache.PageKeys - 1) / KvCache.PageKeys), sequences, length, kv);
        double[] samples = new double[repetitions];
        for (int i = -1; i < repetitions; i++)
        {
            cache.Clear();
            long start = Stopwatch.GetTimestamp();
            work(cache);

            // The first time lays weights out and compiles.
            if (i >= 0)
            {
                samples[i] = tokens / Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }

        return new() { Test = test, Batch = batch, TokensPerSecond = samples.Order().ElementAt(repetitions / 2), Samples = samples };
    }

    private void Step(Batch batch, KvCache cache, int logits)
    {
        _arena.Reset();
        var op = new Ops(_arena, workers);
        Tensor hidden = model.Hidden(op, batch, cache);
        _ = op.Linear(op.Rows(hidden, [.. Enumerable.Range(batch.Rows - logits, logits)]), model.Head);
    }

    private static int Open(KvCache cache, int length)
    {
        int sequence = cache.Open();
        cache.Extend(sequence, length);
        return sequence;
    }

    private int Token() => _random.NextInt(0, model.VocabularySize - 1);
}
