using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// Up to <c>TStore.Queries</c> queries of one block and key/value head on their way over the pages: <see cref="Attend"/>
/// page after page, then <see cref="End"/>. Scores and weighted sums are outer products: no horizontal sums. A page is decoded
/// tile by tile; a tile's columns are a part of every score's chain, in order, and outputs of their own of the values.
/// </summary>
internal readonly unsafe ref struct AttentionTile<TStore>
    where TStore : struct, IKvStore
{
    private readonly ref readonly AttentionInput _x;
    private readonly int _sequence;
    private readonly int _kvHead;
    private readonly int _count;
    private readonly AttentionShape _shape;
    private readonly float* _q;
    private readonly float* _e;
    private readonly float* _o;
    private readonly float* _y;
    private readonly AttentionSum* _sums;
    private readonly int* _keys;
    private readonly int* _index;
    private readonly float* _decoded;

    /// <summary>Queries <paramref name="first"/> … of a block, row by row and head by head; gathers them.</summary>
    public AttentionTile(in AttentionInput x, AttentionBlock block, int kvHead, int first, float* scratch)
    {
        _x = ref x;
        _sequence = x.Sequences[block.Row];
        _kvHead = kvHead;
        _shape = x.Shape;
        _count = Math.Min(TStore.Queries, (block.Rows * _shape.Group) - first);
        _q = scratch;
        _e = _q + (TStore.Queries * _shape.KeyPadded);
        _o = _e + (TStore.Queries * KvCache.PageKeys);
        _y = _o + (TStore.Queries * _shape.ValuePadded);
        _sums = (AttentionSum*)(_y + (TStore.Queries * _shape.ValuePadded));
        _keys = (int*)(_sums + TStore.Queries);
        _index = _keys + TStore.Queries;
        _decoded = (float*)(_index + TStore.Queries);
        for (int i = 0; i < _count; i++)
        {
            (int row, int head) = Math.DivRem(first + i, _shape.Group);
            _keys[i] = x.Positions[block.Row] + row + 1;
            _index[i] = ((block.Row + row) * _shape.Heads) + (kvHead * _shape.Group) + head;
            Unsafe.CopyBlock(_q + (i * _shape.KeyPadded), x.Q + ((long)_index[i] * _shape.KeyCols), (uint)_shape.KeyCols * sizeof(float));
        }
    }

    /// <summary>Floats of scratch a tile needs.</summary>
    public static int Scratch(AttentionShape shape) =>
        (TStore.Queries * (shape.KeyPadded + KvCache.PageKeys + (2 * shape.ValuePadded) + (sizeof(AttentionSum) / sizeof(float)) + 2)) + TStore.TileFloats;

    /// <summary>Attends to one page: scores, partial softmax, weighted values, joined to what the pages before gave.</summary>
    public void Attend(int page)
    {
        Score(page);
        AttentionSum* next = stackalloc AttentionSum[TStore.Queries];
        for (int i = 0; i < _count; i++)
        {
            // A page that ends before a query's window may still be another's.
            next[i] = Start(i, page) < KvCache.PageKeys
                ? AttentionSoftmax.Simd(_e + (i * KvCache.PageKeys), Keys(i, page), _shape.Scale, Start(i, page))
                : default;
        }

        Weigh(page);
        for (int i = 0; i < _count; i++)
        {
            if (Start(i, page) < KvCache.PageKeys)
            {
                _sums[i] = Begins(i, page) ? next[i] : Join(i, next[i]);
            }
        }
    }

    private void Score(int page)
    {
        int vectors = AttentionShape.Pad(Keys(_count - 1, page)) / 16;
        byte* keys = _x.Cache.Keys(_sequence, page, _kvHead);
        for (int from = 0; from < _shape.KeyCols; from += TStore.TileCols)
        {
            float* lanes = TStore.Keys(keys, _shape.KeyCols, from, vectors, _decoded, out nint step);
            OuterFactors scores = new(_q + from, _shape.KeyPadded, 1, lanes, 16, step);
            OuterProduct.Simd(scores, _count, vectors, Math.Min(TStore.TileCols, _shape.KeyCols - from), _e, KvCache.PageKeys, carry: from > 0);
        }
    }

    private void Weigh(int page)
    {
        bool together = Start(_count - 1, page) == 0 && Begins(0, page) == Begins(_count - 1, page);
        byte* values = _x.Cache.Values(_sequence, page, _kvHead);
        for (int from = 0; from < _shape.ValueCols; from += TStore.TileCols)
        {
            float* rows = TStore.Values(values, _shape.ValueCols, from, Keys(_count - 1, page), _decoded, out nint step);
            OuterFactors factors = new(_e, KvCache.PageKeys, 1, rows, step, 16);
            int vectors = Math.Min(TStore.TileCols, _shape.ValuePadded - from) / 16;
            if (together)
            {
                Together(factors, page, from, vectors);
            }
            else
            {
                Apart(factors, page, from, vectors);
            }
        }
    }

    private void Together(in OuterFactors values, int page, int from, int vectors)
    {
        float* o = (Begins(0, page) ? _y : _o) + from;

        // The keys all queries have, then what later rows have beyond the first: a value a row must not see is never read for it.
        int common = Keys(0, page);
        OuterProduct.Simd(values, _count, vectors, common, o, _shape.ValuePadded, carry: false);
        for (int i = 1; i < _count; i++)
        {
            int rest = Keys(i, page) - common;
            if (rest > 0)
            {
                float* oi = o + (i * _shape.ValuePadded);
                OuterProduct.Simd(values.At(i, 0).From(common), 1, vectors, rest, oi, 0, carry: true);
            }
        }
    }

    // On the page where windows begin every query has its own first key.
    private void Apart(in OuterFactors values, int page, int from, int vectors)
    {
        for (int i = 0; i < _count; i++)
        {
            int start = Start(i, page);
            if (start < KvCache.PageKeys)
            {
                float* o = (Begins(i, page) ? _y : _o) + (i * _shape.ValuePadded) + from;
                OuterProduct.Simd(values.At(i, 0).From(start), 1, vectors, Keys(i, page) - start, o, 0, carry: false);
            }
        }
    }

    /// <summary>Divides by the sums and writes the result, and what the backward pass needs of it.</summary>
    public void End()
    {
        for (int i = 0; i < _count; i++)
        {
            float share = 1 / _sums[i].Sum;
            float* y = _y + (i * _shape.ValuePadded);
            for (int c = 0; c < _shape.ValueCols; c += 16)
            {
                (Vector512.Load(y + c) * share).Store(y + c);
            }

            Unsafe.CopyBlock(_x.Y + ((long)_index[i] * _shape.ValueCols), y, (uint)_shape.ValueCols * sizeof(float));
            if (_x.Stats != null)
            {
                _x.Stats[2L * _index[i]] = _sums[i].Max;
                _x.Stats[(2L * _index[i]) + 1] = share;
            }
        }
    }

    /// <summary>Keys of a page that query i may see. At least 1: the rows of a block end in the same page.</summary>
    private int Keys(int i, int page) => Math.Min(KvCache.PageKeys, _keys[i] - (page * KvCache.PageKeys));

    /// <summary>First key of a page in query i's window; ascends with i, and is PageKeys or more where the page ends before it.</summary>
    private int Start(int i, int page) => Math.Max(0, _shape.First(_keys[i] - 1) - (page * KvCache.PageKeys));

    /// <summary>Whether query i's window begins in a page.</summary>
    private bool Begins(int i, int page) => _shape.First(_keys[i] - 1) / KvCache.PageKeys == page;

    private AttentionSum Join(int i, AttentionSum next)
    {
        AttentionSum sum = _sums[i].Join(next, out float keep, out float take);
        float* y = _y + (i * _shape.ValuePadded);
        float* o = _o + (i * _shape.ValuePadded);
        for (int c = 0; c < _shape.ValueCols; c += 16)
        {
            Vector512<float> taken = Vector512.Load(o + c) * take;
            Vector512.FusedMultiplyAdd(Vector512.Load(y + c), Vector512.Create(keep), taken).Store(y + c);
        }

        return sum;
    }
}
