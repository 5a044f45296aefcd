using System.Runtime.CompilerServices;

namespace Sputnik.Tensors;

/// <summary>float32: kernels read the page itself.</summary>
internal readonly unsafe struct KvF32 : IKvStore
{
    public static int Queries => 4;

    public static int TileCols => int.MaxValue & ~31;

    public static int TileFloats => 0;

    public static long Bytes(int cols) => (long)KvCache.PageKeys * cols * sizeof(float);

    public static void WriteKeys(KvRows rows, byte* page, int place)
    {
        float* keys = (float*)page + KvRows.Lane(rows.Cols, place, 0);

        // Column by column, because a line of the cache is a column of the block.
        for (int c = 0; c < rows.Cols; c++, keys += 16)
        {
            for (int r = 0; r < rows.Count; r++)
            {
                keys[r] = rows[r][c];
            }
        }
    }

    public static void WriteValues(KvRows rows, byte* page, int place)
    {
        for (int r = 0; r < rows.Count; r++)
        {
            Unsafe.CopyBlock((float*)page + ((place + r) * rows.Cols), rows[r], (uint)rows.Cols * sizeof(float));
        }
    }

    public static float Key(byte* page, int cols, int j, int c) => ((float*)page)[KvRows.Lane(cols, j, c)];

    public static float Value(byte* page, int cols, int j, int c) => ((float*)page)[(j * cols) + c];

    public static float* Keys(byte* page, int cols, int from, int vectors, float* scratch, out nint step)
    {
        step = 16 * cols;
        return (float*)page + (from * 16);
    }

    public static float* Values(byte* page, int cols, int from, int rows, float* scratch, out nint step)
    {
        step = cols;
        return (float*)page + from;
    }
}
