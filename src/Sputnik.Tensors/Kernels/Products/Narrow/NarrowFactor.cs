using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>The second factor of a product in a format of 8 or 16 bits, in panels of 32 columns: <see cref="NarrowPanels"/>.</summary>
/// <param name="data">The panels.</param>
/// <param name="format">Their format.</param>
/// <param name="scales">A float32 for every 128 × 128 values; none where values are their own.</param>
/// <param name="depth">Steps of a panel.</param>
internal readonly unsafe struct NarrowFactor(byte* data, WeightFormat format, float* scales, int depth)
{
    /// <summary>Steps widened at a time: 16 KiB, half a small first-level cache. The side of what shares a scale, too.</summary>
    public const int DepthBlock = Weight.ScaledSide;

    /// <summary>Whether there is such a factor.</summary>
    public bool Exists => data != null;

    /// <summary>Widens steps <paramref name="k"/> … of a panel, <see cref="DepthBlock"/> at most. [count, 32]</summary>
    public void Widen(int panel, int k, int count, float* to)
    {
        byte* from = data + (((long)panel * depth) + k) * PanelProduct.Columns * format.BlockBytes();
        switch (format)
        {
            case WeightFormat.F16: Widen<NarrowF16>(from, count, to); break;
            case WeightFormat.BF16: Widen<NarrowBf16>(from, count, to); break;
            case WeightFormat.F8E4M3: Widen<NarrowF8E4M3>(from, count, to); break;
            default: throw new InvalidOperationException($"{format.Name()} is not a narrow format.");
        }

        if (scales != null)
        {
            int across = (depth + Weight.ScaledSide - 1) / Weight.ScaledSide;
            Scale(to, count, scales[(panel * PanelProduct.Columns / Weight.ScaledSide * across) + (k / Weight.ScaledSide)]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen<TNarrow>(byte* from, int count, float* to)
        where TNarrow : struct, INarrow
    {
        for (int i = 0; i < count * PanelProduct.Columns; i += Lanes.Width)
        {
            TNarrow.Load(from + (i * TNarrow.Bytes)).Store(to + i);
        }
    }

    private static void Scale(float* values, int count, float scale)
    {
        for (int i = 0; i < count * PanelProduct.Columns; i += Lanes.Width)
        {
            (Vector512.Load(values + i) * scale).Store(values + i);
        }
    }
}
