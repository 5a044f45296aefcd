using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Training;

/// <summary>
/// Runs whole sequences of any lengths through a model, without padding, cut into micro-batches that bound the memory. The
/// cut changes no bit: rows do not see each other, and weight gradients continue one chain in the order of the sequences.
/// </summary>
public sealed class SequencePass : IDisposable
{
    // Sequences shorter than this on average close a micro-batch early: each takes a page of the cache of its own.
    private const int RowsPerSequence = 32;

    private readonly ILanguageModel _model;
    private readonly int _rowLimit;
    private readonly int _sequenceLimit;
    private readonly Arena _arena = new();
    private readonly Tape _tape;
    private readonly Ops _plain;
    private readonly Ops _recording;
    private readonly Batch _batch;
    private readonly KvCache _cache;

    /// <summary>A pass over <paramref name="model"/>, which stays the caller's.</summary>
    /// <param name="model">What is run.</param>
    /// <param name="workers">Threads that share the work.</param>
    /// <param name="microBatchRows">Rows of a micro-batch; a longer sequence goes alone.</param>
    public SequencePass(ILanguageModel model, Workers workers, int microBatchRows = 2048)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(microBatchRows);
        _model = model;
        _rowLimit = microBatchRows;
        _sequenceLimit = Math.Max(1, microBatchRows / RowsPerSequence);
        _tape = new(_arena);
        _plain = new(_arena, workers);
        _recording = new(_arena, workers, _tape);
        int capacity = Math.Max(microBatchRows, model.MaxLength);
        _batch = new(capacity);
        _cache = new(model.KvShape, (capacity / KvCache.PageKeys) + _sequenceLimit + 1, _sequenceLimit, model.MaxLength);
    }

    /// <summary>Log-probability of every learned token of every sequence; nothing is recorded.</summary>
    /// <param name="sequences">Whole sequences.</param>
    /// <param name="temperature">Divides the logits.</param>
    public float[][] Score(IReadOnlyList<ScoredSequence> sequences, float temperature = 1)
    {
        float[][] scores = new float[sequences.Count][];
        for (int first = 0, next; first < sequences.Count; first = next)
        {
            next = Fill(sequences, first);
            Span<float> logProbs = Forward(_plain, sequences, first, next, temperature).Span;
            for (int i = first; i < next; i++)
            {
                scores[i] = logProbs[..sequences[i].Count].ToArray();
                logProbs = logProbs[sequences[i].Count..];
            }
        }

        return scores;
    }

    /// <summary>
    /// Runs every sequence forward, asks <paramref name="seeds"/> for its derivatives and gathers the gradients of the weights.
    /// </summary>
    /// <param name="sequences">Whole sequences; their order is the order of every sum.</param>
    /// <param name="temperature">Divides the logits.</param>
    /// <param name="seeds">Called once for each sequence, in order.</param>
    public void Learn(IReadOnlyList<ScoredSequence> sequences, float temperature, TokenSeeds seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        for (int first = 0, next; first < sequences.Count; first = next)
        {
            next = Fill(sequences, first);
            Tensor logProbs = Forward(_recording, sequences, first, next, temperature);
            float[] derivatives = new float[logProbs.Rows];
            for (int i = first, at = 0; i < next; at += sequences[i].Count, i++)
            {
                seeds(i, logProbs.Span.Slice(at, sequences[i].Count), derivatives.AsSpan(at, sequences[i].Count));
            }

            _tape.Backward(logProbs, derivatives);
            _tape.Clear();
        }
    }

    /// <summary>Frees the memory of the pass, not the model.</summary>
    public void Dispose()
    {
        _cache.Dispose();
        _arena.Dispose();
    }

    /// <summary>Fills the batch with sequences from <paramref name="first"/> on and returns the first that is left.</summary>
    private int Fill(IReadOnlyList<ScoredSequence> sequences, int first)
    {
        _arena.Reset();
        _tape.Clear();
        _cache.Clear();
        _batch.Clear();
        _batch.StepSequences = sequences.Count;
        int next = first;
        do
        {
            ScoredSequence sequence = sequences[next];
            if (sequence.Rows > _model.MaxLength)
            {
                throw new ArgumentException($"Sequence {next} has {sequence.Tokens.Length} tokens, the model {_model.MaxLength} positions.", nameof(sequences));
            }

            int number = _cache.Open();
            _cache.Extend(number, sequence.Rows);
            _batch.Add(sequence.Tokens.AsSpan(0, sequence.Rows), number);
            next++;
        }
        while (next < sequences.Count && next - first < _sequenceLimit && _batch.Rows + sequences[next].Rows <= _rowLimit);

        return next;
    }

    private Tensor Forward(Ops op, IReadOnlyList<ScoredSequence> sequences, int first, int next, float temperature)
    {
        int count = 0;
        for (int i = first; i < next; i++)
        {
            count += sequences[i].Count;
        }

        (int[] rows, int[] targets) = (new int[count], new int[count]);
        for (int i = first, row = 0, at = 0; i < next; row += sequences[i].Rows, i++)
        {
            for (int token = sequences[i].From; token < sequences[i].Tokens.Length; token++, at++)
            {
                (rows[at], targets[at]) = (row + token - 1, sequences[i].Tokens[token]);
            }
        }

        Tensor hidden = _model.Hidden(op, _batch, _cache);
        // Where every row is asked for, choosing rows would only copy them.
        return op.LogProb(count == _batch.Rows ? hidden : op.Rows(hidden, rows), _model.Head, targets, temperature);
    }
}
