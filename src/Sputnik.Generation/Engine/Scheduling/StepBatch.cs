using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>One forward pass over rows of many choices: drawn tokens and pieces of prompts side by side.</summary>
internal sealed class StepBatch : IDisposable
{
    private readonly ILanguageModel _model;
    private readonly Arena _arena = new();
    private readonly Ops _op;
    private readonly Batch _batch;
    private readonly List<StepPart> _parts = [];
    private readonly int[] _rows;

    // One array for each count of logits: the word wants its exact length, and a repeated step allocates nothing.
    private readonly int[]?[] _rowSets;
    private int _logits;

    /// <summary>A pass of at most <paramref name="capacity"/> rows.</summary>
    public StepBatch(ILanguageModel model, Workers workers, int capacity)
    {
        _model = model;
        _op = new(_arena, workers);
        _batch = new(capacity);
        _rows = new int[capacity];
        _rowSets = new int[]?[capacity + 1];
    }

    /// <summary>How many.</summary>
    public int Count => _parts.Count;

    /// <summary>Rows in all.</summary>
    public int Rows => _batch.Rows;

    /// <summary>Hidden states of every row, alive until the next pass. [rows, hidden]</summary>
    public Tensor Hidden { get; private set; }

    /// <summary>One of them.</summary>
    public StepPart this[int part] => _parts[part];

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _batch.Clear();
        _parts.Clear();
        _logits = 0;
    }

    /// <summary>Appends the next <paramref name="rows"/> tokens of a choice.</summary>
    public void Add(Choice choice, int rows)
    {
        int kv = choice.Kv ?? throw new InvalidOperationException($"Choice {choice.Index} of request {choice.Ticket.Order} holds no pages.");
        int wanted = choice.Ticket.Mean is not null ? 0 : choice.Ticket.WantsPromptLogits ? rows : rows == choice.Pending ? 1 : 0;
        _parts.Add(new(choice, _batch.Rows, rows, _logits, wanted));
        _batch.Add(choice.Tokens.Slice(choice.Computed, rows), kv, choice.Computed);
        for (int row = _batch.Rows - wanted; row < _batch.Rows; row++)
        {
            _rows[_logits++] = row;
        }
    }

    /// <summary>Writes keys and values; logits of the rows that are wanted, alive until the next pass. [wanted, vocabulary]</summary>
    public Tensor? Compute(KvCache cache)
    {
        _arena.Reset();
        Tensor hidden = Hidden = _model.Hidden(_op, _batch, cache);
        if (_logits == 0)
        {
            return null;
        }

        if (_logits < _batch.Rows)
        {
            int[] rows = _rowSets[_logits] ??= new int[_logits];
            _rows.AsSpan(0, _logits).CopyTo(rows);
            hidden = _op.Rows(hidden, rows);
        }

        return _op.Linear(hidden, _model.Head);
    }

    /// <summary>Frees the arena.</summary>
    public void Dispose() => _arena.Dispose();
}
