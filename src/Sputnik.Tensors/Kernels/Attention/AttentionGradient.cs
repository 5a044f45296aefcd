using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// The gradient of one sequence and key/value head, with pᵢⱼ the probabilities:
/// dsᵢⱼ = pᵢⱼ (dyᵢ·vⱼ − dyᵢ·yᵢ) scale; dqᵢ += Σⱼ dsᵢⱼ kⱼ; dkⱼ += Σᵢ dsᵢⱼ qᵢ; dvⱼ += Σᵢ pᵢⱼ dyᵢ. Heads and rows ascend in
/// every sum. All five products are outer products over transposed or padded copies, block of rows by block of rows.
/// </summary>
internal readonly unsafe ref struct AttentionGradient
{
    // Two blocks of rows × 300 positions stay in the second-level cache.
    private const int BlockRows = 32;

    private readonly ref readonly AttentionGradientInput _x;
    private readonly AttentionShape _shape;
    private readonly AttentionRun _run;
    private readonly int _kvHead;
    private readonly int _stride;
    private readonly float* _keyLanes;
    private readonly float* _valueLanes;
    private readonly float* _keys;
    private readonly float* _dk;
    private readonly float* _dv;
    private readonly float* _q;
    private readonly float* _dy;
    private readonly float* _p;
    private readonly float* _ds;
    private readonly float* _dq;

    /// <summary>One task; <paramref name="scratch"/> belongs to the thread.</summary>
    public AttentionGradient(in AttentionGradientInput x, AttentionRun run, int kvHead, float* scratch)
    {
        _x = ref x;
        _shape = x.Forward.Shape;
        _run = run;
        _kvHead = kvHead;
        _stride = Stride(run.Rows);
        int positions = AttentionShape.Pad(run.Rows);
        _keyLanes = scratch;
        _valueLanes = _keyLanes + (positions * _shape.KeyCols);
        _keys = _valueLanes + (positions * _shape.ValueCols);
        _dk = _keys + (positions * _shape.KeyPadded);
        _dv = _dk + (positions * _shape.KeyPadded);
        _q = _dv + (positions * _shape.ValuePadded);
        _dy = _q + (BlockRows * _shape.KeyPadded);
        _p = _dy + (BlockRows * _shape.ValuePadded);
        _ds = _p + (BlockRows * _stride);
        _dq = _ds + (BlockRows * _stride);
    }

    /// <summary>Floats of scratch for sequences of at most <paramref name="rows"/>.</summary>
    public static long Scratch(AttentionShape shape, int rows)
    {
        long perPosition = shape.KeyCols + shape.ValueCols + (2 * shape.KeyPadded) + shape.ValuePadded;
        long perRow = (2 * shape.KeyPadded) + shape.ValuePadded + (2L * Stride(rows));
        return (AttentionShape.Pad(rows) * perPosition) + (BlockRows * perRow);
    }

    /// <summary>Adds to the gradients.</summary>
    public void Run()
    {
        LayKeysAndValues();
        for (int head = _kvHead * _shape.Group; head < (_kvHead + 1) * _shape.Group; head++)
        {
            for (int first = 0; first < _run.Rows; first += BlockRows)
            {
                Block(head, first, Math.Min(BlockRows, _run.Rows - first));
            }
        }

        long at = ((long)_run.Row * _shape.KvHeads) + _kvHead;
        AddRows(_x.Dk + (at * _shape.KeyCols), (nint)_shape.KvHeads * _shape.KeyCols, _dk, _shape.KeyCols, _run.Rows);
        AddRows(_x.Dv + (at * _shape.ValueCols), (nint)_shape.KvHeads * _shape.ValueCols, _dv, _shape.ValueCols, _run.Rows);
    }

    // A row of probabilities; sixteen more than needed, so that a column does not fall into few cache sets.
    private static int Stride(int rows) => AttentionShape.Pad(rows) + 16;

    private void LayKeysAndValues()
    {
        for (int j = 0; j < _run.Rows; j++)
        {
            long at = ((long)(_run.Row + j) * _shape.KvHeads) + _kvHead;
            float* k = _x.Forward.K + (at * _shape.KeyCols);
            float* v = _x.Forward.V + (at * _shape.ValueCols);
            Lay(_keyLanes, k, j, _shape.KeyCols);
            Lay(_valueLanes, v, j, _shape.ValueCols);
            Unsafe.CopyBlock(_keys + ((nint)j * _shape.KeyPadded), k, (uint)_shape.KeyCols * sizeof(float));
        }

        new Span<float>(_dk, _run.Rows * _shape.KeyPadded).Clear();
        new Span<float>(_dv, _run.Rows * _shape.ValuePadded).Clear();
    }

    /// <summary>As in the cache: [positions / 16][cols][16].</summary>
    private static void Lay(float* lanes, float* row, int position, int cols)
    {
        float* to = lanes + ((nint)(position / 16) * cols * 16) + (position % 16);
        for (int c = 0; c < cols; c++)
        {
            to[c * 16] = row[c];
        }
    }

    private void Block(int head, int first, int rows)
    {
        for (int r = 0; r < rows; r++)
        {
            long at = Index(head, first + r);
            Unsafe.CopyBlock(_q + (r * _shape.KeyPadded), _x.Forward.Q + (at * _shape.KeyCols), (uint)_shape.KeyCols * sizeof(float));
            Unsafe.CopyBlock(_dy + (r * _shape.ValuePadded), _x.Dy + (at * _shape.ValueCols), (uint)_shape.ValueCols * sizeof(float));
        }

        for (int r = 0; r < rows; r += 4)
        {
            int count = Math.Min(4, rows - r);
            int vectors = ((first + r + count - 1) / 16) + 1;
            OuterFactors scores = new(_q + (r * _shape.KeyPadded), _shape.KeyPadded, 1, _keyLanes, 16, 16 * _shape.KeyCols);
            OuterProduct.Simd(scores, count, vectors, _shape.KeyCols, _p + (r * _stride), _stride, carry: false);
            OuterFactors slopes = new(_dy + (r * _shape.ValuePadded), _shape.ValuePadded, 1, _valueLanes, 16, 16 * _shape.ValueCols);
            OuterProduct.Simd(slopes, count, vectors, _shape.ValueCols, _ds + (r * _stride), _stride, carry: false);
        }

        int width = AttentionShape.Pad(first + rows);
        for (int r = 0; r < rows; r++)
        {
            Probabilities(Index(head, first + r), first + r + 1, width, _p + (r * _stride), _ds + (r * _stride));
        }

        Queries(head, first, rows);
        KeysAndValues(first, rows);
    }

    /// <summary>From dots to p and from dy·v to ds, in place; zeros beyond the row's own position and before its window.</summary>
    private void Probabilities(long index, int keys, int width, float* p, float* ds)
    {
        Vector512<float> max = Vector512.Create(_x.Forward.Stats[2 * index]);
        Vector512<float> share = Vector512.Create(_x.Forward.Stats[(2 * index) + 1]);
        Vector512<float> mean = Vector512.Create(
            DotKernel.Simd(_x.Dy + (index * _shape.ValueCols), _x.Forward.Y + (index * _shape.ValueCols), _shape.ValueCols));
        Vector512<float> scale = Vector512.Create(_shape.Scale);
        for (int j = 0; j < width; j += 16)
        {
            Vector512<float> seen = Lanes.Between(_shape.First(keys - 1) - j, keys - j);
            Vector512<float> probability = Elementary.Exp((Vector512.Load(p + j) * scale) - max) * share;
            Vector512<float> slope = probability * (Vector512.Load(ds + j) - mean) * scale;
            (probability & seen).Store(p + j);
            (slope & seen).Store(ds + j);
        }
    }

    private void Queries(int head, int first, int rows)
    {
        for (int r = 0; r < rows; r += 4)
        {
            int count = Math.Min(4, rows - r);
            OuterFactors f = new(_ds + (r * _stride), _stride, 1, _keys, _shape.KeyPadded, 16);
            OuterProduct.Simd(f, count, _shape.KeyPadded / 16, first + r + count, _dq, _shape.KeyPadded, carry: false);
            AddRows(_x.Dq + (Index(head, first + r) * _shape.KeyCols), (nint)_shape.Heads * _shape.KeyCols, _dq, _shape.KeyCols, count);
        }
    }

    private void KeysAndValues(int first, int rows)
    {
        for (int j = 0; j < first + rows; j += 4)
        {
            // Rows before position j do not see it.
            int start = Math.Max(0, j - first);
            int count = Math.Min(4, _run.Rows - j);
            OuterFactors dk = new(_ds + j, 1, _stride, _q, _shape.KeyPadded, 16);
            OuterProduct.Simd(
                dk.From(start), count, _shape.KeyPadded / 16, rows - start, _dk + ((nint)j * _shape.KeyPadded), _shape.KeyPadded, carry: true);
            OuterFactors dv = new(_p + j, 1, _stride, _dy, _shape.ValuePadded, 16);
            OuterProduct.Simd(
                dv.From(start), count, _shape.ValuePadded / 16, rows - start, _dv + ((nint)j * _shape.ValuePadded), _shape.ValuePadded, carry: true);
        }
    }

    /// <summary>Row of the matrix [rows · Heads, …].</summary>
    private long Index(int head, int position) => ((long)(_run.Row + position) * _shape.Heads) + head;

    /// <summary>to[r] += from[r]; rows of <paramref name="from"/> are padded.</summary>
    private static void AddRows(float* to, nint toRow, float* from, int cols, int rows)
    {
        for (int r = 0; r < rows; r++, to += toRow, from += AttentionShape.Pad(cols))
        {
            for (int c = 0; c < cols; c++)
            {
                to[c] += from[c];
            }
        }
    }
}
