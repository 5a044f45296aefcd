using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// Turns each pair (a, b) of a head by its position's angle: (a cos − b sin, b cos + a sin). The way back turns by the
/// opposite angle.
/// </summary>
internal static unsafe class RopeKernel
{
    /// <summary>The definition for the turned columns of one head. Tests hold the vector forms to it bit for bit.</summary>
    /// <param name="x">Columns of one head. [dim]</param>
    /// <param name="cos">Cosine of each pair. [dim / 2]</param>
    /// <param name="sin">Sine of each pair. [dim / 2]</param>
    /// <param name="interleaved">Pairs are neighbours rather than half a head apart.</param>
    /// <param name="y">Turned. [dim]</param>
    public static void Scalar(ReadOnlySpan<float> x, ReadOnlySpan<float> cos, ReadOnlySpan<float> sin, bool interleaved, Span<float> y)
    {
        for (int i = 0; i < cos.Length; i++)
        {
            int a = interleaved ? 2 * i : i;
            int b = interleaved ? a + 1 : i + cos.Length;
            y[a] = MathF.FusedMultiplyAdd(x[a], cos[i], x[b] * -sin[i]);
            y[b] = MathF.FusedMultiplyAdd(x[b], cos[i], x[a] * sin[i]);
        }
    }

    /// <summary>y = x turned by each row's position.</summary>
    public static void Forward(Workers workers, Tensor x, Batch batch, RopeTable table, RopeHeads heads, Tensor y) =>
        workers.Share(new Job<Write>(x.Data, batch.PositionData, new(table, heads, 1), y.Data, y.Cols), y.Rows, 2L * y.Cols);

    /// <summary>dx += dy turned back.</summary>
    public static void Backward(Workers workers, Tensor dy, Batch batch, RopeTable table, RopeHeads heads, Tensor dx) =>
        workers.Share(new Job<Gather>(dy.Data, batch.PositionData, new(table, heads, -1), dx.Data, dx.Cols), dx.Rows, 2L * dx.Cols);

    /// <summary>Pairs (i, i + half): cosines [half], sines [half].</summary>
    public static void Halves<TInto>(float* x, float* cos, float* sin, float direction, float* y, int half)
        where TInto : unmanaged, IInto
    {
        Vector512<float> directions = Vector512.Create(direction);
        int i = 0;
        for (; i <= half - Lanes.Width; i += Lanes.Width)
        {
            Vector512<float> a = Vector512.Load(x + i);
            Vector512<float> b = Vector512.Load(x + half + i);
            Vector512<float> c = Vector512.Load(cos + i);
            Vector512<float> s = Vector512.Load(sin + i) * directions;
            TInto.Put(Vector512.FusedMultiplyAdd(a, c, b * -s), y + i);
            TInto.Put(Vector512.FusedMultiplyAdd(b, c, a * s), y + half + i);
        }

        for (; i < half; i++)
        {
            float a = x[i];
            float b = x[half + i];
            float s = sin[i] * direction;
            TInto.Put(MathF.FusedMultiplyAdd(a, cos[i], b * -s), y + i);
            TInto.Put(MathF.FusedMultiplyAdd(b, cos[i], a * s), y + half + i);
        }
    }

    /// <summary>Pairs (2i, 2i + 1): cosines and signed sines as <see cref="RopeTable"/> doubles them, [dim] each.</summary>
    public static void Neighbours<TInto>(float* x, float* cos, float* sin, float direction, float* y, int dim)
        where TInto : unmanaged, IInto
    {
        Vector512<float> directions = Vector512.Create(direction);
        int i = 0;
        for (; i <= dim - Lanes.Width; i += Lanes.Width)
        {
            // Half a turn of each 64-bit pair swaps its two floats.
            Vector512<ulong> pairs = Vector512.Load(x + i).AsUInt64();
            Vector512<float> partner = ((pairs << 32) | (pairs >>> 32)).AsSingle();
            Vector512<float> s = Vector512.Load(sin + i) * directions;
            TInto.Put(Vector512.FusedMultiplyAdd(pairs.AsSingle(), Vector512.Load(cos + i), partner * s), y + i);
        }

        for (; i < dim; i += 2)
        {
            float a = x[i];
            float b = x[i + 1];
            TInto.Put(MathF.FusedMultiplyAdd(a, cos[i], b * (sin[i] * direction)), y + i);
            TInto.Put(MathF.FusedMultiplyAdd(b, cos[i + 1], a * (sin[i + 1] * direction)), y + i + 1);
        }
    }

    private readonly struct Turn(RopeTable table, RopeHeads heads, float direction)
    {
        private readonly float* _table = table.Data;
        private readonly int _stride = table.Stride;
        private readonly int _dim = table.Dim;
        private readonly bool _interleaved = table.Interleaved;

        public int HeadCols { get; } = heads.Cols;

        public void Head<TInto>(float* x, int position, float* y)
            where TInto : unmanaged, IInto
        {
            float* cos = _table + ((long)position * _stride);
            float* sin = cos + (_stride / 2);
            int start = heads.Start;
            int end = start + _dim;
            ColumnsKernel.Simd<TInto>(x, y, start);
            if (_interleaved)
            {
                Neighbours<TInto>(x + start, cos, sin, direction, y + start, _dim);
            }
            else
            {
                Halves<TInto>(x + start, cos, sin, direction, y + start, _dim / 2);
            }

            ColumnsKernel.Simd<TInto>(x + end, y + end, HeadCols - end);
        }
    }

    private readonly struct Job<TInto>(float* x, int* positions, Turn turn, float* y, int cols) : IRangeJob
        where TInto : unmanaged, IInto
    {
        public void Run(int start, int end)
        {
            for (int row = start; row < end; row++)
            {
                long at = (long)row * cols;
                for (int col = 0; col < cols; col += turn.HeadCols)
                {
                    turn.Head<TInto>(x + at + col, positions[row], y + at + col);
                }
            }
        }
    }
}

/// <summary>Where the turned columns lie: <paramref name="Start"/> … in every group of <paramref name="Cols"/>.</summary>
internal readonly record struct RopeHeads(int Cols, int Start);
