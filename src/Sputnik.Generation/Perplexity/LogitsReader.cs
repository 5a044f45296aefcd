using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>
/// Reads one text after another through a model, piece by piece, and hands out logits. Where a text is cut does not show in
/// the bits. One thread at a time.
/// </summary>
public sealed class LogitsReader : IDisposable
{
    // Rows of a piece: logits of 150k entries for them take 40 MB.
    private const int PieceRows = 64;

    private readonly ILanguageModel _model;
    private readonly Workers _workers;
    private readonly KvCache _cache;
    private readonly Arena _arena = new();
    private readonly Batch _batch = new(PieceRows);
    private int[] _tokens = [];
    private int _sequence;
    private int _position;

    /// <param name="model">The network.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="longest">Tokens of the longest text; at most the model's positions.</param>
    public LogitsReader(ILanguageModel model, Workers workers, int longest)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (longest < 1 || longest > model.MaxLength)
        {
            throw new ArgumentException($"The model reads 1 to {model.MaxLength} tokens, got {longest}.", nameof(longest));
        }

        _model = model;
        _workers = workers;
        _cache = new(model.KvShape, (longest + KvCache.PageKeys - 1) / KvCache.PageKeys, sequences: 1, longest);
    }

    /// <summary>Whether positions of the text are left to read.</summary>
    public bool HasMore => _position < _tokens.Length;

    /// <summary>Starts a text.</summary>
    public void Begin(ReadOnlySpan<int> tokens)
    {
        if (tokens.IsEmpty || tokens.Length > _cache.MaxLength)
        {
            throw new ArgumentException($"This reader takes 1 to {_cache.MaxLength} tokens, got {tokens.Length}.", nameof(tokens));
        }

        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)_model.VocabularySize)
            {
                throw new ArgumentException($"Token {token} is not in the vocabulary of {_model.VocabularySize}.", nameof(tokens));
            }
        }

        _tokens = tokens.ToArray();
        _position = 0;
        _cache.Clear();
        _sequence = _cache.Open();
        _cache.Extend(_sequence, tokens.Length);
    }

    /// <summary>Reads the next piece. Positions before <paramref name="first"/> have no row: they pass by the head.</summary>
    public LogitRows Read(int first = 0)
    {
        int rows = Math.Min(PieceRows, _tokens.Length - _position);
        if (rows == 0)
        {
            throw new InvalidOperationException("The text is read to its end: begin another.");
        }

        _arena.Reset();
        _batch.Clear();
        _batch.Add(_tokens.AsSpan(_position, rows), _sequence, _position);
        var op = new Ops(_arena, _workers);
        Tensor hidden = _model.Hidden(op, _batch, _cache);
        int start = _position, skipped = Math.Clamp(first - start, 0, rows);
        _position += rows;
        if (skipped == rows)
        {
            return new(start + rows, default);
        }

        Tensor asked = skipped == 0 ? hidden : op.Rows(hidden, [.. Enumerable.Range(skipped, rows - skipped)]);
        return new(start + skipped, op.Linear(asked, _model.Head));
    }

    /// <summary>Frees cache and arena.</summary>
    public void Dispose()
    {
        _cache.Dispose();
        _arena.Dispose();
    }
}
