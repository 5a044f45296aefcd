using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

/// <summary>Sequences of seeded queries, keys and values over one cache layer, and attention written out slowly.</summary>
internal sealed class AttentionCase : IDisposable
{
    private const float Scale = 0.4f;
    private readonly KvCache _cache;
    private readonly Workers _workers;
    private readonly Arena _arena = new();
    private readonly Dictionary<int, float[][]> _rows = [];
    private readonly int _heads;
    private readonly int _kvHeads;
    private readonly int _keyCols;
    private readonly int _valueCols;
    private readonly int? _window;

    public AttentionCase(int heads, int kvHeads, int keyCols, int valueCols, int threads = 2, int? window = null, KvType type = KvType.F32)
    {
        _window = window;
        (_heads, _kvHeads, _keyCols, _valueCols) = (heads, kvHeads, keyCols, valueCols);
        _cache = new(new KvShape(2, kvHeads, keyCols, valueCols), pages: 16, sequences: 4, maxLength: 256, type);
        _workers = new(threads);
    }

    public int YCols => _heads * _valueCols;

    private int Cols => (_heads * _keyCols) + (_kvHeads * (_keyCols + _valueCols));

    public void Dispose()
    {
        _cache.Dispose();
        _workers.Dispose();
        _arena.Dispose();
    }

    /// <summary>A sequence of random rows; the same <paramref name="source"/> gives the same rows.</summary>
    public int Open(int length, ulong source = 0)
    {
        int sequence = _cache.Open();
        _rows[sequence] = [];
        Extend(sequence, length, source);
        return sequence;
    }

    public void Extend(int sequence, int length, ulong source)
    {
        _cache.Extend(sequence, length);
        int held = _rows[sequence].Length;
        IEnumerable<float[]> more = Enumerable.Range(held, length - held).Select(i => Seeded.Values(Cols, (source * 1000) + (ulong)i));
        _rows[sequence] = [.. _rows[sequence], .. more];
    }

    public int Fork(int sequence, int length)
    {
        int fork = _cache.Fork(sequence);
        _rows[fork] = _rows[sequence];
        Extend(fork, length, source: 0);
        return fork;
    }

    /// <summary>Overwrites keys and values of some rows.</summary>
    public void Spoil(int sequence, int from, int to, float value)
    {
        foreach (float[] row in _rows[sequence].AsSpan(from..to))
        {
            row.AsSpan(_heads * _keyCols).Fill(value);
        }
    }

    public unsafe void FillCache(float value) =>
        new Span<float>(_cache.View(0).Keys(0, 0, 0), (int)(_cache.PageBytes * _cache.Pages / sizeof(float))).Fill(value);

    public float[] Attend((int Sequence, int Position, int Rows)[] runs, bool taped = false)
    {
        _arena.Reset();
        (Batch batch, Tensor q, Tensor k, Tensor v) = Step(runs);
        Tape? tape = taped ? new(_arena) : null;
        return new Ops(_arena, _workers, tape).Attention(q, k, v, batch, _cache, layer: 1, _heads, Scale, _window).Span.ToArray();
    }

    public (float[] Dq, float[] Dk, float[] Dv) Gradients((int Sequence, int Position, int Rows)[] runs)
    {
        _arena.Reset();
        (Batch batch, Tensor q, Tensor k, Tensor v) = Step(runs);
        Tape tape = new(_arena);
        (q, k, v) = (Seeded.OnTape(tape, q), Seeded.OnTape(tape, k), Seeded.OnTape(tape, v));
        Tensor y = new Ops(_arena, _workers, tape).Attention(q, k, v, batch, _cache, layer: 1, _heads, Scale, _window);
        tape.Backward(y, Seeded.Values(y.Span.Length, 99));
        return (tape.Grad(q).Span.ToArray(), tape.Grad(k).Span.ToArray(), tape.Grad(v).Span.ToArray());
    }

    /// <summary>Every row and head by the scalar kernel, over the cache as it stands.</summary>
    public unsafe float[] Scalar(int sequence, int rows)
    {
        (Batch batch, Tensor q, Tensor k, Tensor v) = Step([(sequence, 0, rows)]);
        Tensor y = _arena.Allocate(rows, YCols);
        AttentionInput input = new()
        {
            Q = q.Data,
            K = k.Data,
            V = v.Data,
            Y = y.Data,
            Stats = null,
            Cache = _cache.View(1),
            Sequences = batch.SequenceData,
            Positions = batch.PositionData,
            Shape = new(_heads, _kvHeads, _keyCols, _valueCols, Scale, _window ?? int.MaxValue),
        };
        for (int row = 0; row < rows; row++)
        {
            for (int head = 0; head < _heads; head++)
            {
                AttentionKernel.Scalar(input, row, head);
            }
        }

        return y.Span.ToArray();
    }

    /// <summary>The textbook formula in double.</summary>
    public double[] Reference(int sequence, int rows)
    {
        double[] y = new double[rows * YCols];
        for (int i = 0; i < rows; i++)
        {
            for (int head = 0; head < _heads; head++)
            {
                double[] p = Probabilities(sequence, i, head);
                for (int c = 0; c < _valueCols; c++)
                {
                    y[(i * YCols) + (head * _valueCols) + c] = Enumerable.Range(0, i + 1).Sum(j => p[j] * V(sequence, j, head)[c]);
                }
            }
        }

        return y;
    }

    /// <summary>Gradients of Σ seed · y by the textbook formulas in double.</summary>
    public (double[] Dq, double[] Dk, double[] Dv) ReferenceGradients(int sequence, int rows)
    {
        float[] dy = Seeded.Values(rows * YCols, 99);
        double[] dq = new double[rows * _heads * _keyCols];
        double[] dk = new double[rows * _kvHeads * _keyCols];
        double[] dv = new double[rows * _kvHeads * _valueCols];
        for (int i = 0; i < rows; i++)
        {
            for (int head = 0; head < _heads; head++)
            {
                int kvHead = head / (_heads / _kvHeads);
                double[] p = Probabilities(sequence, i, head);
                float[] d = dy.AsSpan((i * YCols) + (head * _valueCols), _valueCols).ToArray();
                double[] dp = [.. Enumerable.Range(0, i + 1).Select(j => Dot(d, V(sequence, j, head)))];
                double mean = Enumerable.Range(0, i + 1).Sum(j => p[j] * dp[j]);
                for (int j = 0; j <= i; j++)
                {
                    double ds = p[j] * (dp[j] - mean) * Scale;
                    for (int c = 0; c < _keyCols; c++)
                    {
                        dq[(((i * _heads) + head) * _keyCols) + c] += ds * K(sequence, j, head)[c];
                        dk[(((j * _kvHeads) + kvHead) * _keyCols) + c] += ds * Q(sequence, i, head)[c];
                    }

                    for (int c = 0; c < _valueCols; c++)
                    {
                        dv[(((j * _kvHeads) + kvHead) * _valueCols) + c] += p[j] * d[c];
                    }
                }
            }
        }

        return (dq, dk, dv);
    }

    /// <summary>Managed bytes of ten steps after two to warm up.</summary>
    public long AllocatedByDecoding(int sequence, int length)
    {
        (Batch batch, Tensor q, Tensor k, Tensor v) = Step([(sequence, length - 1, 1)]);
        Ops op = new(_arena, _workers);
        ArenaMark mark = _arena.Mark();
        long before = 0;
        for (int step = 0; step < 12; step++)
        {
            before = step == 2 ? GC.GetAllocatedBytesForCurrentThread() : before;
            op.Attention(q, k, v, batch, _cache, layer: 0, _heads, Scale);
            _arena.Release(mark);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private (Batch Batch, Tensor Q, Tensor K, Tensor V) Step((int Sequence, int Position, int Rows)[] runs)
    {
        int rows = runs.Sum(run => run.Rows);
        Batch batch = new(rows);
        Tensor q = _arena.Allocate(rows, _heads * _keyCols);
        Tensor k = _arena.Allocate(rows, _kvHeads * _keyCols);
        Tensor v = _arena.Allocate(rows, _kvHeads * _valueCols);
        foreach ((int sequence, int position, int count) in runs)
        {
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<float> row = position + i < _rows[sequence].Length ? _rows[sequence][position + i] : new float[Cols];
                row[..q.Cols].CopyTo(q[batch.Rows]);
                row.Slice(q.Cols, k.Cols).CopyTo(k[batch.Rows]);
                row[(q.Cols + k.Cols)..].CopyTo(v[batch.Rows]);
                batch.Add(0, sequence, position + i);
            }
        }

        return (batch, q, k, v);
    }

    private double[] Probabilities(int sequence, int row, int head)
    {
        double[] scores = [.. Enumerable.Range(0, row + 1).Select(j => Scale * Dot(Q(sequence, row, head), K(sequence, j, head)))];
        double[] e = [.. scores.Select((score, j) => row - j < (_window ?? int.MaxValue) ? Math.Exp(score - scores.Max()) : 0)];
        return [.. e.Select(value => value / e.Sum())];
    }

    private float[] Q(int sequence, int row, int head) =>
        _rows[sequence][row].AsSpan(head * _keyCols, _keyCols).ToArray();

    private float[] K(int sequence, int row, int head) =>
        _rows[sequence][row].AsSpan((_heads + (head / (_heads / _kvHeads))) * _keyCols, _keyCols).ToArray();

    private float[] V(int sequence, int row, int head) =>
        _rows[sequence][row].AsSpan(((_heads + _kvHeads) * _keyCols) + (head / (_heads / _kvHeads) * _valueCols), _valueCols).ToArray();

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
