using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// Four rows times blocks of a panel, everything they gather in registers: eight integer sums, what keeps two multipliers
/// busy, in the sixteen registers that byte products can add into, and the chains in the other sixteen.
/// </summary>
internal static unsafe class FourRows<TPanel, TScales, TDot>
    where TPanel : struct, IPanel
    where TScales : struct, IScales
    where TDot : struct, IByteDot
{
    /// <summary>Goes on with the chains y [4, 16] over blocks; <paramref name="offset"/> is taken off every level.</summary>
    [SkipLocalsInit]
    public static void Run(TPanel panel, byte* block, int blocks, int offset, TileRows x, float* y)
    {
        FourChains sum = FourChains.Load(y);
        for (; blocks > 0; blocks--, block += TPanel.BlockBytes)
        {
            FourChains s = default, m = default;
            for (int run = 0; run < TScales.Runs; run++, x = x.Next())
            {
                // By hand: the JIT does not unroll, and shifts are by constants then.
                s = Scaled(panel, block, run, 0, offset, x, s);
                m = Minima(block, run, 0, x, m);
                s = Scaled(panel, block, run, 1, offset, x, s);
                m = Minima(block, run, 1, x, m);
            }

            sum = sum.Add(TPanel.D(block), s);
            if (TScales.HasMin)
            {
                sum = sum.Add(TPanel.M(block), m);
            }
        }

        sum.Store(y);
    }

    // fma(s · Σ (level − offset) · q, d, S) of each row, for half a run.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FourChains Scaled(TPanel panel, byte* block, int run, int half, int offset, TileRows x, FourChains s)
    {
        byte* packed = TPanel.Codes(block, run);
        sbyte* x0 = x.Codes + (half * QuantisedRows.BlockValues), x2 = x0 + (2 * x.Cols);
        Sums16 row0 = default, row1 = default, row2 = default, row3 = default;
        Levels16 levels = panel.Levels(packed, half, 0);
        row0 = row0.Add<TDot>(levels, x0, TPanel.Wide);
        row1 = row1.Add<TDot>(levels, x0 + x.Cols, TPanel.Wide);
        row2 = row2.Add<TDot>(levels, x2, TPanel.Wide);
        row3 = row3.Add<TDot>(levels, x2 + x.Cols, TPanel.Wide);
        levels = panel.Levels(packed, half, 1);
        row0 = row0.Add<TDot>(levels, x0 + 4, TPanel.Wide);
        row1 = row1.Add<TDot>(levels, x0 + x.Cols + 4, TPanel.Wide);
        row2 = row2.Add<TDot>(levels, x2 + 4, TPanel.Wide);
        row3 = row3.Add<TDot>(levels, x2 + x.Cols + 4, TPanel.Wide);
        levels = panel.Levels(packed, half, 2);
        row0 = row0.Add<TDot>(levels, x0 + 8, TPanel.Wide);
        row1 = row1.Add<TDot>(levels, x0 + x.Cols + 8, TPanel.Wide);
        row2 = row2.Add<TDot>(levels, x2 + 8, TPanel.Wide);
        row3 = row3.Add<TDot>(levels, x2 + x.Cols + 8, TPanel.Wide);
        levels = panel.Levels(packed, half, 3);
        row0 = row0.Add<TDot>(levels, x0 + 12, TPanel.Wide);
        row1 = row1.Add<TDot>(levels, x0 + x.Cols + 12, TPanel.Wide);
        row2 = row2.Add<TDot>(levels, x2 + 12, TPanel.Wide);
        row3 = row3.Add<TDot>(levels, x2 + x.Cols + 12, TPanel.Wide);
        Vector512<float> scale = TScales.Parts == 0 ? default : TPanel.Scale(block, run, half);
        return new(
            Vector512.FusedMultiplyAdd(Scaled(row0.Joined, offset * x.Sum(0, half), scale), x.Scale(0, half), s.Row0),
            Vector512.FusedMultiplyAdd(Scaled(row1.Joined, offset * x.Sum(1, half), scale), x.Scale(1, half), s.Row1),
            Vector512.FusedMultiplyAdd(Scaled(row2.Joined, offset * x.Sum(2, half), scale), x.Scale(2, half), s.Row2),
            Vector512.FusedMultiplyAdd(Scaled(row3.Joined, offset * x.Sum(3, half), scale), x.Scale(3, half), s.Row3));
    }

    // fma(m · Σ q, d, T) likewise, where the format has minima.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FourChains Minima(byte* block, int run, int half, TileRows x, FourChains m)
    {
        if (!TScales.HasMin)
        {
            return m;
        }

        Vector512<float> min = TScales.Parts == 0 ? Vector512<float>.One : TPanel.Min(block, run, half);
        return new(
            Vector512.FusedMultiplyAdd(min * (float)x.Sum(0, half), x.Scale(0, half), m.Row0),
            Vector512.FusedMultiplyAdd(min * (float)x.Sum(1, half), x.Scale(1, half), m.Row1),
            Vector512.FusedMultiplyAdd(min * (float)x.Sum(2, half), x.Scale(2, half), m.Row2),
            Vector512.FusedMultiplyAdd(min * (float)x.Sum(3, half), x.Scale(3, half), m.Row3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Scaled(Vector512<int> dots, int offset, Vector512<float> scale)
    {
        Vector512<float> sum = Vector512.ConvertToSingle(dots - Vector512.Create(offset));
        return TScales.Parts == 0 ? sum : sum * scale;
    }
}
