using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// Integer sums of 16 outputs and a few rows over groups of four columns: sums[t][o] = Σ (level − bias)[o] · x[t]. Six rows
/// are twelve accumulators, what sixteen registers allow.
/// </summary>
internal static unsafe class DotTile<TCodes, TDot>
    where TCodes : unmanaged, ICodes<TCodes>
    where TDot : struct, IByteDot
{
    private const int GroupBytes = 64;

    /// <summary>The most rows of a tile.</summary>
    public const int MaxRows = 6;

    /// <summary>The tallest tile for this many rows.</summary>
    public static int RowsFor(int rows) => rows >= 6 ? 6 : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;

    /// <summary>Computes a tile of 6, 4, 2 or 1 rows.</summary>
    public static void Run(int rows, byte* levels, int groups, sbyte* x, nint row, int* sums)
    {
        switch (rows)
        {
            case 6: Rows6(levels, groups, x, row, sums); break;
            case 4: Rows4(levels, groups, x, row, sums); break;
            case 2: Rows2(levels, groups, x, row, sums); break;
            default: Rows1(levels, groups, x, sums); break;
        }
    }

    private static void Rows6(byte* levels, int groups, sbyte* x, nint row, int* sums)
    {
        sbyte* x3 = x + (3 * row);
        Vector256<int> t0 = default, b0 = default, t1 = default, b1 = default, t2 = default, b2 = default;
        Vector256<int> t3 = default, b3 = default, t4 = default, b4 = default, t5 = default, b5 = default;
        for (; groups > 0; groups--)
        {
            Vector256<byte> top = Vector256.Load(levels), bottom = Vector256.Load(levels + 32);
            (t0, b0) = Both(t0, b0, top, bottom, x);
            (t1, b1) = Both(t1, b1, top, bottom, x + row);
            (t2, b2) = Both(t2, b2, top, bottom, x + (2 * row));
            (t3, b3) = Both(t3, b3, top, bottom, x3);
            (t4, b4) = Both(t4, b4, top, bottom, x3 + row);
            (t5, b5) = Both(t5, b5, top, bottom, x3 + (2 * row));
            levels += GroupBytes;
            x += 4;
            x3 += 4;
        }

        Store(t0, b0, sums);
        Store(t1, b1, sums + 16);
        Store(t2, b2, sums + 32);
        Store(t3, b3, sums + 48);
        Store(t4, b4, sums + 64);
        Store(t5, b5, sums + 80);
    }

    private static void Rows4(byte* levels, int groups, sbyte* x, nint row, int* sums)
    {
        sbyte* x3 = x + (3 * row);
        Vector256<int> t0 = default, b0 = default, t1 = default, b1 = default;
        Vector256<int> t2 = default, b2 = default, t3 = default, b3 = default;
        for (; groups > 0; groups--)
        {
            Vector256<byte> top = Vector256.Load(levels), bottom = Vector256.Load(levels + 32);
            (t0, b0) = Both(t0, b0, top, bottom, x);
            (t1, b1) = Both(t1, b1, top, bottom, x + row);
            (t2, b2) = Both(t2, b2, top, bottom, x + (2 * row));
            (t3, b3) = Both(t3, b3, top, bottom, x3);
            levels += GroupBytes;
            x += 4;
            x3 += 4;
        }

        Store(t0, b0, sums);
        Store(t1, b1, sums + 16);
        Store(t2, b2, sums + 32);
        Store(t3, b3, sums + 48);
    }

    private static void Rows2(byte* levels, int groups, sbyte* x, nint row, int* sums)
    {
        Vector256<int> t0 = default, b0 = default, t1 = default, b1 = default;
        for (; groups > 0; groups--)
        {
            Vector256<byte> top = Vector256.Load(levels), bottom = Vector256.Load(levels + 32);
            (t0, b0) = Both(t0, b0, top, bottom, x);
            (t1, b1) = Both(t1, b1, top, bottom, x + row);
            levels += GroupBytes;
            x += 4;
        }

        Store(t0, b0, sums);
        Store(t1, b1, sums + 16);
    }

    private static void Rows1(byte* levels, int groups, sbyte* x, int* sums)
    {
        Vector256<int> top = default, bottom = default;
        for (; groups > 0; groups--)
        {
            (top, bottom) = Both(top, bottom, Vector256.Load(levels), Vector256.Load(levels + 32), x);
            levels += GroupBytes;
            x += 4;
        }

        Store(top, bottom, sums);
    }

    private static (Vector256<int> Top, Vector256<int> Bottom) Both(
        Vector256<int> top, Vector256<int> bottom, Vector256<byte> topLevels, Vector256<byte> bottomLevels, sbyte* x)
    {
        Vector256<sbyte> four = Vector256.Create(*(int*)x).AsSByte();
        return (TDot.Add(top, topLevels, four, TCodes.Wide), TDot.Add(bottom, bottomLevels, four, TCodes.Wide));
    }

    private static void Store(Vector256<int> top, Vector256<int> bottom, int* sums)
    {
        top.Store(sums);
        bottom.Store(sums + 8);
    }
}
