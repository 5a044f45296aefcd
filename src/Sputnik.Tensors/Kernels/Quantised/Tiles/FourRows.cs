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
                Values(unpacked, offset, x, out Vector512<float> a, out Vector512<float> b, out Vector512<float> c, out Vector512<float> d);
                s0 = Vector512.FusedMultiplyAdd(a, x.Scale(0), s0);
                s1 = Vector512.FusedMultiplyAdd(b, x.Scale(1), s1);
                s2 = Vector512.FusedMultiplyAdd(c, x.Scale(2), s2);
                s3 = Vector512.FusedMultiplyAdd(d, x.Scale(3), s3);
                if (TScales.HasMin)
                {
                    m0 = Vector512.FusedMultiplyAdd(Min(unpacked, x.Sums(0)), x.Scale(0), m0);
                    m1 = Vector512.FusedMultiplyAdd(Min(unpacked, x.Sums(1)), x.Scale(1), m1);
                    m2 = Vector512.FusedMultiplyAdd(Min(unpacked, x.Sums(2)), x.Scale(2), m2);
                    m3 = Vector512.FusedMultiplyAdd(Min(unpacked, x.Sums(3)), x.Scale(3), m3);
                }
            }

            Vector512<float> scale = UnpackedPanel<TCodes, TScales>.D(block);
            y0 = Vector512.FusedMultiplyAdd(scale, s0, y0);
            y1 = Vector512.FusedMultiplyAdd(scale, s1, y1);
            y2 = Vector512.FusedMultiplyAdd(scale, s2, y2);
            y3 = Vector512.FusedMultiplyAdd(scale, s3, y3);
            if (TScales.HasMin)
            {
                scale = UnpackedPanel<TCodes, TScales>.M(block);
                y0 = Vector512.FusedMultiplyAdd(scale, m0, y0);
                y1 = Vector512.FusedMultiplyAdd(scale, m1, y1);
                y2 = Vector512.FusedMultiplyAdd(scale, m2, y2);
                y3 = Vector512.FusedMultiplyAdd(scale, m3, y3);
            }
        }

        y0.Store(y);
        y1.Store(y + 16);
        y2.Store(y + 32);
        y3.Store(y + 48);
    }

    // Σ s · (level − offset) · q over a run for each row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Values(
        byte* run, int offset, TileRows x, out Vector512<float> a, out Vector512<float> b, out Vector512<float> c, out Vector512<float> d)
    {
        byte* levels = UnpackedPanel<TCodes, TScales>.Levels(run);
        if (TScales.Parts < 2)
        {
            Dots(levels, 8, x.Codes, x.Cols, out Vector512<int> i, out Vector512<int> j, out Vector512<int> k, out Vector512<int> l);
            a = Whole(run, i, offset, x.Sums(0));
            b = Whole(run, j, offset, x.Sums(1));
            c = Whole(run, k, offset, x.Sums(2));
            d = Whole(run, l, offset, x.Sums(3));
            return;
        }

        Vector512<float> scale = UnpackedPanel<TCodes, TScales>.Scale(run, 0);
        Dots(levels, 4, x.Codes, x.Cols, out Vector512<int> e, out Vector512<int> f, out Vector512<int> g, out Vector512<int> h);
        a = Signed(e, offset * x.Sums(0)[0]) * scale;
        b = Signed(f, offset * x.Sums(1)[0]) * scale;
        c = Signed(g, offset * x.Sums(2)[0]) * scale;
        d = Signed(h, offset * x.Sums(3)[0]) * scale;
        scale = UnpackedPanel<TCodes, TScales>.Scale(run, 1);
        Dots(levels + (4 * GroupBytes), 4, x.Codes + 16, x.Cols, out e, out f, out g, out h);
        a = Vector512.FusedMultiplyAdd(Signed(e, offset * x.Sums(0)[1]), scale, a);
        b = Vector512.FusedMultiplyAdd(Signed(f, offset * x.Sums(1)[1]), scale, b);
        c = Vector512.FusedMultiplyAdd(Signed(g, offset * x.Sums(2)[1]), scale, c);
        d = Vector512.FusedMultiplyAdd(Signed(h, offset * x.Sums(3)[1]), scale, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Dots(
        byte* levels, int groups, sbyte* x, nint row, out Vector512<int> a, out Vector512<int> b, out Vector512<int> c, out Vector512<int> d)
    {
        Vector256<int> t0 = default, b0 = default, t1 = default, b1 = default;
        Vector256<int> t2 = default, b2 = default, t3 = default, b3 = default;
        sbyte* x2 = x + (2 * row);
        for (int g = 0; g < groups; g++, levels += GroupBytes, x += 4, x2 += 4)
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

        a = Join(t0, b0);
        b = Join(t1, b1);
        c = Join(t2, b2);
        d = Join(t3, b3);
    }

    // One insertion: Vector512.Create would first wait for what its register held before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Join(Vector256<int> top, Vector256<int> bottom) => top.ToVector512Unsafe().WithUpper(bottom);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Four(sbyte* x) => Vector256.Create(*(int*)x).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Whole(byte* run, Vector512<int> dots, int offset, int* sums)
    {
        Vector512<float> value = Signed(dots, offset * (sums[0] + sums[1]));
        return TScales.Parts == 0 ? value : value * UnpackedPanel<TCodes, TScales>.Scale(run, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Signed(Vector512<int> dots, int offset) => Vector512.ConvertToSingle(dots - Vector512.Create(offset));

    // Σ m · q over a run.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Min(byte* run, int* sums)
    {
        if (TScales.Parts == 0)
        {
            return Vector512.Create((float)(sums[0] + sums[1]));
        }

        if (TScales.Parts == 1)
        {
            return UnpackedPanel<TCodes, TScales>.Min(run, 0) * (float)(sums[0] + sums[1]);
        }

        Vector512<float> first = UnpackedPanel<TCodes, TScales>.Min(run, 0) * (float)sums[0];
        return Vector512.FusedMultiplyAdd(UnpackedPanel<TCodes, TScales>.Min(run, 1), Vector512.Create((float)sums[1]), first);
    }
}
