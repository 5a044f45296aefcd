using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Laws;

/// <summary>Runs one model on rows in any grouping and remembers what every row of a sequence got.</summary>
internal sealed class Passes : IDisposable
{
    /// <summary>Tokens of the sequence that the laws look at: longer than a page of the cache.</summary>
    public const int Length = KvCache.PageKeys + 27;

    private const float Temperature = 0.7f;

    private readonly Arena _arena = new();
    private readonly Arena _tapeArena = new();
    private readonly Workers _workers;
    private readonly KvCache _kv;
    private readonly ILanguageModel _model;
    private readonly Ops _ops;
    private readonly Batch _batch = new(512);

    /// <summary>A fresh cache, an engine of so many threads, and a tape if asked.</summary>
    public Passes(ILanguageModel model, int threads = 1, bool tape = false, KvType type = KvType.F32)
    {
        _model = model;
        _workers = new(threads);
        _kv = new(model.KvShape, pages: 24, sequences: 8, maxLength: 256, type);
        Tape = tape ? new(_tapeArena) : null;
        _ops = new(_arena, _workers, Tape);
    }

    public Tape? Tape { get; }

    public KvCache Kv => _kv;

    /// <summary>Tokens of a numbered text; each number another one.</summary>
    public static int[] Text(ILanguageModel model, int number, int length = Length)
    {
        CounterRandom random = new(7, $"text {number}");
        int[] tokens = new int[length];
        foreach (ref int token in tokens.AsSpan())
        {
            token = random.NextInt(0, model.VocabularySize - 1);
        }

        return tokens;
    }

    /// <summary>Adds rows to the next step.</summary>
    public void Add(ReadOnlySpan<int> tokens, int sequence, int position)
    {
        _kv.Extend(sequence, position + tokens.Length);
        _batch.Add(tokens, sequence, position);
    }

    /// <summary>Values of one row: the logits, then the log-probability of one token.</summary>
    public static int Width(ILanguageModel model) => model.VocabularySize + 1;

    /// <summary>Runs the step and forgets it. [rows · Width]</summary>
    public float[] Step()
    {
        Tensor hidden = _model.Hidden(_ops, _batch, _kv);
        Tensor logits = _ops.Linear(hidden, _model.Head);
        Tensor logProbs = _ops.LogProb(hidden, _model.Head, Targets(), Temperature);
        List<float> values = [];
        for (int row = 0; row < logits.Rows; row++)
        {
            values.AddRange(logits[row]);
            values.AddRange(logProbs[row]);
        }

        Forget();
        return [.. values];
    }

    /// <summary>Runs the step, sends gradients of alternating sign back from its log-probabilities, and forgets it.</summary>
    public void Learn()
    {
        Tape tape = Tape ?? throw new InvalidOperationException("Learning needs a tape.");
        Tensor logProbs = _ops.LogProb(_model.Hidden(_ops, _batch, _kv), _model.Head, Targets(), Temperature);
        float[] seed = [.. _batch.Tokens.ToArray().Select(token => token % 2 == 0 ? -0.25f : 0.125f)];
        tape.Backward(logProbs, seed);
        Forget();
    }

    /// <summary>One pass over a whole text in a sequence of its own.</summary>
    public float[] Prefill(int[] tokens)
    {
        Add(tokens, _kv.Open(), 0);
        return Step();
    }

    private int[] Targets() => [.. _batch.Tokens.ToArray().Select(token => ((token * 7) + 3) % _model.VocabularySize)];

    private void Forget()
    {
        _batch.Clear();
        _arena.Reset();
        Tape?.Clear();
    }

    public void Dispose()
    {
        _kv.Dispose();
        _workers.Dispose();
        _arena.Dispose();
        _tapeArena.Dispose();
    }
}
