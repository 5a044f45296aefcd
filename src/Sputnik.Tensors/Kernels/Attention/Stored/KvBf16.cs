using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>bfloat16, the nearest, ties to even.</summary>
internal readonly unsafe struct KvBf16 : IKvStore
{
    // Enough to hide what decoding a tile costs; their vectors still lie in the second-level cache.
    public static int Queries => 16;

    // A tile of 16 KiB leaves room for the queries in the first-level cache.
    public static int TileCols => 64;

    public static int TileFloats => KvCache.PageKeys * TileCols;

    public static long Bytes(int cols) => (long)KvCache.PageKeys * cols * sizeof(ushort);

    public static void WriteKeys(KvRows rows, byte* page, int place)
    {
        ushort* keys = (ushort*)page + KvRows.Lane(rows.Cols, place, 0);
        for (int c = 0; c < rows.Cols; c++, keys += 16)
        {
            for (int r = 0; r < rows.Count; r++)
            {
                keys[r] = Bf16.Encode(rows[r][c]);
            }
        }
    }

    public static void WriteValues(KvRows rows, byte* page, int place)
    {
        ushort* values = (ushort*)page + (place * rows.Cols);
        for (int r = 0; r < rows.Count; r++, values += rows.Cols)
        {
            for (int c = 0; c < rows.Cols; c++)
            {
                values[c] = Bf16.Encode(rows[r][c]);
            }
        }
    }

    public static float Key(byte* page, int cols, int j, int c) => Bf16.Decode(((ushort*)page)[KvRows.Lane(cols, j, c)]);

    public static float Value(byte* page, int cols, int j, int c) => Bf16.Decode(((ushort*)page)[(j * cols) + c]);

    public static float* Keys(byte* page, int cols, int from, int vectors, float* scratch, out nint step)
    {
        step = 16 * TileCols;
        int lanes = 16 * Math.Min(TileCols, cols - from);
        for (int v = 0; v < vectors; v++)
        {
            Decode(page + (((v * cols) + from) * 16 * sizeof(ushort)), lanes, scratch + (v * step));
        }

        return scratch;
    }

    public static float* Values(byte* page, int cols, int from, int rows, float* scratch, out nint step)
    {
        step = TileCols;
        for (int j = 0; j < rows; j++)
        {
            Decode(page + (((j * cols) + from) * sizeof(ushort)), Math.Min(TileCols, cols - from), scratch + (j * step));
        }

        return scratch;
    }

    /// <summary>Whole vectors: up to 15 numbers more than asked are read and written.</summary>
    private static void Decode(byte* from, int count, float* to)
    {
        for (int i = 0; i < count; i += 16)
        {
            Vector512.ShiftLeft(Widening.Words(from + (i * sizeof(ushort))), 16).AsSingle().Store(to + i);
        }
    }
}
