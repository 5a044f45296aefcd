using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// Four rows times unpacked blocks of a panel, everything they gather in registers: eight integer sums, what keeps two
/// multipliers busy, in the sixteen registers that byte products can add into, and the chains in the other sixteen.
/// </summary>
internal static unsafe class FourRows<TCodes, TScales, TDot>
    where TCodes : unmanaged, ICodes<TCodes>
    where TScales : struct, IScales
    where TDot : struct, IByteDot
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 4;

    private const int GroupBytes = 64;
    private const int HalfBytes = 4 * GroupBytes;

    /// <summary>Goes on with the chains y [4, 16] over blocks.</summary>
    [SkipLocalsInit]
    public static void Run(byte* block, int blocks, int offset, TileRows x, float* y)
    {
        Vector512<float> y0 = Vector512.Load(y), y1 = Vector512.Load(y + 16), y2 = Vector512.Load(y + 32), y3 = Vector512.Load(y + 48);
        for (; blocks > 0; blocks--, block += UnpackedPanel<TCodes, TScales>.BlockBytes)
        {
            Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
            Vector512<float> m0 = default, m1 = default, m2 = default, m3 = default;
            for (int run = 0; run < TScales.Runs; run++, x = x.Next())
            {
                byte* unpacked = UnpackedPanel<TCodes, TScales>.Run(block, run);
                for (int half = 0; half < 2; half++)
                {
                    Dots dots = Sums(UnpackedPanel<TCodes, TScales>.Levels(unpacked) + (half * HalfBytes), x.Codes + (half * QuantisedRows.BlockValues), x.Cols);
                    Vector512<float> scale = TScales.Parts == 0 ? default : UnpackedPanel<TCodes, TScales>.Scale(unpacked, half * TScales.Parts / 2);
                    s0 = Vector512.FusedMultiplyAdd(Scaled(dots.Row0, offset * x.Sum(0, half), scale), x.Scale(0, half), s0);
                    s1 = Vector512.FusedMultiplyAdd(Scaled(dots.Row1, offset * x.Sum(1, half), scale), x.Scale(1, half), s1);
                    s2 = Vector512.FusedMultiplyAdd(Scaled(dots.Row2, offset * x.Sum(2, half), scale), x.Scale(2, half), s2);
                    s3 = Vector512.FusedMultiplyAdd(Scaled(dots.Row3, offset * x.Sum(3, half), scale), x.Scale(3, half), s3);
                    if (TScales.HasMin)
                    {
                        scale = TScales.Parts == 0 ? Vector512<float>.One : UnpackedPanel<TCodes, TScales>.Min(unpacked, half * TScales.Parts / 2);
                        m0 = Vector512.FusedMultiplyAdd(scale * (float)x.Sum(0, half), x.Scale(0, half), m0);
                        m1 = Vector512.FusedMultiplyAdd(scale * (float)x.Sum(1, half), x.Scale(1, half), m1);
                        m2 = Vector512.FusedMultiplyAdd(scale * (float)x.Sum(2, half), x.Scale(2, half), m2);
                        m3 = Vector512.FusedMultiplyAdd(scale * (float)x.Sum(3, half), x.Scale(3, half), m3);
                    }
                }
            }

            Vector512<float> d = UnpackedPanel<TCodes, TScales>.D(block);
            y0 = Vector512.FusedMultiplyAdd(d, s0, y0);
            y1 = Vector512.FusedMultiplyAdd(d, s1, y1);
            y2 = Vector512.FusedMultiplyAdd(d, s2, y2);
            y3 = Vector512.FusedMultiplyAdd(d, s3, y3);
            if (TScales.HasMin)
            {
                d = UnpackedPanel<TCodes, TScales>.M(block);
                y0 = Vector512.FusedMultiplyAdd(d, m0, y0);
                y1 = Vector512.FusedMultiplyAdd(d, m1, y1);
                y2 = Vector512.FusedMultiplyAdd(d, m2, y2);
                y3 = Vector512.FusedMultiplyAdd(d, m3, y3);
            }
        }

        y0.Store(y);
        y1.Store(y + 16);
        y2.Store(y + 32);
        y3.Store(y + 48);
    }

    // Σ level · q over a half of a run for each row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Dots Sums(byte* levels, sbyte* x, nint row)
    {
        Vector256<int> t0 = default, b0 = default, t1 = default, b1 = default;
        Vector256<int> t2 = default, b2 = default, t3 = default, b3 = default;
        sbyte* x2 = x + (2 * row);
        for (int group = 0; group < 4; group++, levels += GroupBytes, x += 4, x2 += 4)
        {
            Vector256<byte> top = Vector256.Load(levels), bottom = Vector256.Load(levels + 32);
            Vector256<sbyte> four = Four(x);
            t0 = TDot.Add(t0, top, four, TCodes.Wide);
            b0 = TDot.Add(b0, bottom, four, TCodes.Wide);
            four = Four(x + row);
            t1 = TDot.Add(t1, top, four, TCodes.Wide);
            b1 = TDot.Add(b1, bottom, four, TCodes.Wide);
            four = Four(x2);
            t2 = TDot.Add(t2, top, four, TCodes.Wide);
            b2 = TDot.Add(b2, bottom, four, TCodes.Wide);
            four = Four(x2 + row);
            t3 = TDot.Add(t3, top, four, TCodes.Wide);
            b3 = TDot.Add(b3, bottom, four, TCodes.Wide);
        }

        return new(Join(t0, b0), Join(t1, b1), Join(t2, b2), Join(t3, b3));
    }

    // One insertion: Vector512.Create would first wait for what its register held before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Join(Vector256<int> top, Vector256<int> bottom) => top.ToVector512Unsafe().WithUpper(bottom);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Four(sbyte* x) => Vector256.Create(*(int*)x).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Scaled(Vector512<int> dots, int offset, Vector512<float> scale)
    {
        Vector512<float> sum = Vector512.ConvertToSingle(dots - Vector512.Create(offset));
        return TScales.Parts == 0 ? sum : sum * scale;
    }

    private readonly struct Dots(Vector512<int> row0, Vector512<int> row1, Vector512<int> row2, Vector512<int> row3)
    {
        public readonly Vector512<int> Row0 = row0;
        public readonly Vector512<int> Row1 = row1;
        public readonly Vector512<int> Row2 = row2;
        public readonly Vector512<int> Row3 = row3;
    }
}
