using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>Given texts through a model, chunk by chunk, with the logits of the chunks from a position on. Chunks do not show in the bits.</summary>
internal sealed class ChunkedPrefill : IDisposable
{
    // Rows of a chunk: logits of 150k entries for them take 40 MB.
    private const int ChunkRows = 64;

    private readonly ILanguageModel _model;
    private readonly Arena _arena = new();
    private readonly Ops _op;
    private readonly KvCache _cache;
    private readonly Batch _batch = new(ChunkRows);
    private ReadOnlyMemory<int> _tokens;
    private int _from;
    private int _next;
    private int _sequence;

    /// <summary>Room for texts of at most <paramref name="maxLength"/> tokens.</summary>
    public ChunkedPrefill(ILanguageModel model, Workers workers, int maxLength, KvType kv)
    {
        if (maxLength < 1 || maxLength > model.MaxLength)
        {
            throw new ArgumentException($"The model reads 1 to {model.MaxLength} tokens, got {maxLength}.", nameof(maxLength));
        }

        _model = model;
        _op = new(_arena, workers);
        _cache = new(model.KvShape, (maxLength + KvCache.PageKeys - 1) / KvCache.PageKeys, sequences: 1, maxLength, kv);
    }

    /// <summary>Position of the first row of <see cref="Logits"/>.</summary>
    public int Position { get; private set; }

    /// <summary>Logits of neighbouring positions, until the next step. [rows, vocabulary]</summary>
    public Tensor Logits { get; private set; }

    /// <summary>Begins a text; logits are made from position <paramref name="from"/> on.</summary>
    public void Start(ReadOnlyMemory<int> tokens, int from)
    {
        foreach (int token in tokens.Span)
        {
            if ((uint)token >= (uint)_model.VocabularySize)
            {
                throw new ArgumentException($"Token {token} is not in the vocabulary of {_model.VocabularySize}.", nameof(tokens));
            }
        }

        (_tokens, _from, _next) = (tokens, from, 0);
        _cache.Clear();
        _sequence = _cache.Open();
        _cache.Extend(_sequence, tokens.Length);
    }

    /// <summary>The next rows with logits; false at the end of the text.</summary>
    public bool Next()
    {
        while (_next < _tokens.Length)
        {
            int start = _next;

            // A chunk ends where logits begin to be wanted.
            int end = Math.Min(_tokens.Length, start + ChunkRows);
            end = start < _from ? Math.Min(end, _from) : end;
            _arena.Reset();
            _batch.Clear();
            _batch.Add(_tokens.Span[start..end], _sequence, start);
            Tensor hidden = _model.Hidden(_op, _batch, _cache);
            _next = end;
            if (start >= _from)
            {
                Logits = _op.Linear(hidden, _model.Head);
                Position = start;
                return true;
            }
        }

        return false;
    }

    /// <summary>Frees the cache and the arena.</summary>
    public void Dispose()
    {
        _cache.Dispose();
        _arena.Dispose();
    }
}
