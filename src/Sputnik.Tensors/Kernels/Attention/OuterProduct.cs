using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// y[r][16 v + lane] = (carry ? y : 0) + Σₖ a[r, k] · b[k, v][lane]: one chain of fused multiply-adds per output, k
/// ascending. The small matrix product inside attention; whole vectors are read and written, so b and y have room for them.
/// </summary>
internal static unsafe class OuterProduct
{
    private interface ICount
    {
        static abstract int Count { get; }
    }

    /// <summary>The product for any number of columns: those that are not whole vectors take the definition, same bits.</summary>
    public static void Run(in OuterFactors f, int rows, int cols, nint count, float* y, nint yRow, bool carry)
    {
        if (cols % Lanes.Width == 0)
        {
            Simd(f, rows, cols / Lanes.Width, count, y, yRow, carry);
        }
        else
        {
            Scalar(f, rows, cols, count, y, yRow, carry);
        }
    }

    /// <summary>The definition. Tests hold <see cref="Simd"/> to it bit for bit.</summary>
    public static void Scalar(in OuterFactors f, int rows, int cols, nint count, float* y, nint yRow, bool carry)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int i = 0; i < cols; i++)
            {
                float sum = carry ? y[(r * yRow) + i] : 0;
                float* b = f.B + (i / Lanes.Width * f.BVector) + (i % Lanes.Width);
                for (nint k = 0; k < count; k++)
                {
                    sum = MathF.FusedMultiplyAdd(f.A[(r * f.ARow) + (k * f.AStep)], b[k * f.BStep], sum);
                }

                y[(r * yRow) + i] = sum;
            }
        }
    }

    /// <summary>Tiles of 4 rows by 4 vectors: sixteen accumulators hide the latency and leave room for the operands.</summary>
    public static void Simd(in OuterFactors f, int rows, int vectors, nint count, float* y, nint yRow, bool carry)
    {
        // Without AVX-512 sixteen accumulators are thirty-two registers and spill; rows by themselves need eight.
        int tall = Vector512.IsHardwareAccelerated ? rows & ~3 : 0;
        for (int v = 0; v < vectors; v += 4)
        {
            int wide = Math.Min(4, vectors - v);
            for (int r = 0; r < tall; r += 4)
            {
                Wide<Four>(f.At(r, v), wide, count, y + (r * yRow) + (v * 16), yRow, carry);
            }

            for (int r = tall; r < rows; r++)
            {
                Wide<One>(f.At(r, v), wide, count, y + (r * yRow) + (v * 16), yRow, carry);
            }
        }
    }

    private static void Wide<TRows>(in OuterFactors f, int vectors, nint count, float* y, nint yRow, bool carry)
        where TRows : struct, ICount
    {
        if (vectors == 4)
        {
            Tile<TRows, Four>(f, count, y, yRow, carry);
        }
        else if (vectors == 3)
        {
            Tile<TRows, Three>(f, count, y, yRow, carry);
        }
        else if (vectors == 2)
        {
            Tile<TRows, Two>(f, count, y, yRow, carry);
        }
        else
        {
            Tile<TRows, One>(f, count, y, yRow, carry);
        }
    }

    // Conditions on TRows and TVectors are constants to the JIT: each pair is its own straight code.
    private static void Tile<TRows, TVectors>(in OuterFactors f, nint count, float* y, nint yRow, bool carry)
        where TRows : struct, ICount
        where TVectors : struct, ICount
    {
        Quad c0 = default, c1 = default, c2 = default, c3 = default;
        if (carry)
        {
            c0 = Quad.Load<TVectors>(y, 16);
            if (TRows.Count > 1)
            {
                c1 = Quad.Load<TVectors>(y + yRow, 16);
                c2 = Quad.Load<TVectors>(y + (2 * yRow), 16);
                c3 = Quad.Load<TVectors>(y + (3 * yRow), 16);
            }
        }

        float* a = f.A;
        float* b = f.B;
        (nint aRow, nint aStep, nint bStep, nint bVector) = (f.ARow, f.AStep, f.BStep, f.BVector);
        for (nint k = count; k > 0; k--, a += aStep, b += bStep)
        {
            Quad lanes = Quad.Load<TVectors>(b, bVector);
            c0 = c0.Plus<TVectors>(a[0], lanes);
            if (TRows.Count > 1)
            {
                c1 = c1.Plus<TVectors>(a[aRow], lanes);
                c2 = c2.Plus<TVectors>(a[2 * aRow], lanes);
                c3 = c3.Plus<TVectors>(a[3 * aRow], lanes);
            }
        }

        c0.Store<TVectors>(y);
        if (TRows.Count > 1)
        {
            c1.Store<TVectors>(y + yRow);
            c2.Store<TVectors>(y + (2 * yRow));
            c3.Store<TVectors>(y + (3 * yRow));
        }
    }

    // Four fields, so that the JIT keeps it in registers; the unused ones of a narrower tile vanish.
    private readonly struct Quad(Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        private readonly Vector512<float> _v0 = v0;
        private readonly Vector512<float> _v1 = v1;
        private readonly Vector512<float> _v2 = v2;
        private readonly Vector512<float> _v3 = v3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Quad Load<TVectors>(float* from, nint step)
            where TVectors : struct, ICount => new(
                Vector512.Load(from),
                TVectors.Count > 1 ? Vector512.Load(from + step) : default,
                TVectors.Count > 2 ? Vector512.Load(from + (2 * step)) : default,
                TVectors.Count > 3 ? Vector512.Load(from + (3 * step)) : default);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Quad Plus<TVectors>(float a, Quad b)
            where TVectors : struct, ICount
        {
            Vector512<float> x = Vector512.Create(a);
            return new(
                Vector512.FusedMultiplyAdd(x, b._v0, _v0),
                TVectors.Count > 1 ? Vector512.FusedMultiplyAdd(x, b._v1, _v1) : default,
                TVectors.Count > 2 ? Vector512.FusedMultiplyAdd(x, b._v2, _v2) : default,
                TVectors.Count > 3 ? Vector512.FusedMultiplyAdd(x, b._v3, _v3) : default);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store<TVectors>(float* to)
            where TVectors : struct, ICount
        {
            _v0.Store(to);
            if (TVectors.Count > 1)
            {
                _v1.Store(to + 16);
            }

            if (TVectors.Count > 2)
            {
                _v2.Store(to + 32);
            }

            if (TVectors.Count > 3)
            {
                _v3.Store(to + 48);
            }
        }
    }

    private readonly struct One : ICount
    {
        public static int Count => 1;
    }

    private readonly struct Two : ICount
    {
        public static int Count => 2;
    }

    private readonly struct Three : ICount
    {
        public static int Count => 3;
    }

    private readonly struct Four : ICount
    {
        public static int Count => 4;
    }
}
