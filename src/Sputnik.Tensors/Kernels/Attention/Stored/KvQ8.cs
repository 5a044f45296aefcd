using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// q · d for 32 columns of a row: d = max |x| / 127 as binary16, q = x / d to the nearest, ties to even. The product is exact in
/// float32. A block with a number that is not finite, or beyond 127 · 65504, is NaN throughout. All q stand before all d; of keys
/// both by lanes. Source: GGUF's Q8_0.
/// </summary>
internal readonly unsafe struct KvQ8 : IKvStore
{
    private const int Block = 32;
    private const ushort NaN = 0x7E00;
    private const ushort LargestBits = 0x7BFF;
    private const float TwoTo112 = 5192296858534827628530496329220096f;

    public static int Queries => 16;

    public static int TileCols => 64;

    public static int TileFloats => KvCache.PageKeys * TileCols;

    public static long Bytes(int cols) => (long)KvCache.PageKeys * (cols + (Blocks(cols) * sizeof(ushort)));

    public static void WriteKeys(KvRows rows, byte* page, int place)
    {
        sbyte* codes = stackalloc sbyte[Block];
        ushort* scales = Scales(page, rows.Cols);
        for (int r = 0; r < rows.Count; r++)
        {
            for (int c = 0; c < rows.Cols; c += Block)
            {
                int count = Math.Min(Block, rows.Cols - c);
                scales[KvRows.Lane(Blocks(rows.Cols), place + r, c / Block)] = Encode(rows[r] + c, count, codes);
                sbyte* key = (sbyte*)page + KvRows.Lane(rows.Cols, place + r, c);
                for (int i = 0; i < count; i++)
                {
                    key[i * 16] = codes[i];
                }
            }
        }
    }

    public static void WriteValues(KvRows rows, byte* page, int place)
    {
        ushort* scales = Scales(page, rows.Cols) + (place * Blocks(rows.Cols));
        sbyte* codes = (sbyte*)page + (place * rows.Cols);
        for (int r = 0; r < rows.Count; r++, codes += rows.Cols)
        {
            for (int c = 0; c < rows.Cols; c += Block)
            {
                *scales++ = Encode(rows[r] + c, Math.Min(Block, rows.Cols - c), codes + c);
            }
        }
    }

    public static float Key(byte* page, int cols, int j, int c) =>
        ((sbyte*)page)[KvRows.Lane(cols, j, c)] * F16.Decode(Scales(page, cols)[KvRows.Lane(Blocks(cols), j, c / Block)]);

    public static float Value(byte* page, int cols, int j, int c) =>
        ((sbyte*)page)[(j * cols) + c] * F16.Decode(Scales(page, cols)[(j * Blocks(cols)) + (c / Block)]);

    public static float* Keys(byte* page, int cols, int from, int vectors, float* scratch, out nint step)
    {
        step = 16 * TileCols;
        int end = Math.Min(cols, from + TileCols);
        for (int v = 0; v < vectors; v++)
        {
            float* to = scratch + (v * step);
            for (int c = from; c < end; c += Block)
            {
                Vector512<float> scale = Decode(Scales(page, cols) + (((v * Blocks(cols)) + (c / Block)) * 16));
                byte* codes = page + (((v * cols) + c) * 16);
                for (int i = Math.Min(Block, end - c); i > 0; i--, codes += 16, to += 16)
                {
                    (Vector512.ConvertToSingle(Widening.Bytes(codes)) * scale).Store(to);
                }
            }
        }

        return scratch;
    }

    public static float* Values(byte* page, int cols, int from, int rows, float* scratch, out nint step)
    {
        step = TileCols;
        int count = Math.Min(TileCols, cols - from);
        for (int j = 0; j < rows; j++)
        {
            ushort* scales = Scales(page, cols) + (j * Blocks(cols)) + (from / Block);
            byte* codes = page + (j * cols) + from;
            for (int c = 0; c < count; c += 16)
            {
                // A vector may go on beyond the row; what is there is written and never used.
                Vector512<float> scale = Vector512.Create(F16.Decode(scales[c / Block]));
                (Vector512.ConvertToSingle(Widening.Bytes(codes + c)) * scale).Store(scratch + (j * step) + c);
            }
        }

        return scratch;
    }

    private static int Blocks(int cols) => (cols + Block - 1) / Block;

    private static ushort* Scales(byte* page, int cols) => (ushort*)(page + (KvCache.PageKeys * cols));

    private static ushort Encode(float* x, int count, sbyte* codes)
    {
        float largest = 0;
        for (int i = 0; i < count; i++)
        {
            largest = MathF.Max(largest, MathF.Abs(x[i]));
        }

        ushort scale = F16.Encode(largest / 127);
        if (scale > LargestBits)
        {
            new Span<sbyte>(codes, count).Clear();
            return NaN;
        }

        // A scale below binary16's normal numbers may be rounded by half of itself: then the clamp bites.
        float inverse = scale == 0 ? 0 : 1 / F16.Decode(scale);
        for (int i = 0; i < count; i++)
        {
            codes[i] = (sbyte)Math.Clamp(MathF.Round(x[i] * inverse), -127, 127);
        }

        return scale;
    }

    /// <summary>Sixteen scales: moved to binary32's fields the product with 2^112 is exact, subnormals included.</summary>
    private static Vector512<float> Decode(ushort* scales)
    {
        Vector512<int> bits = Widening.Words((byte*)scales);
        Vector512<float> finite = Vector512.ShiftLeft(bits, 13).AsSingle() * TwoTo112;
        Vector512<float> real = Vector512.LessThanOrEqual(bits, Vector512.Create((int)LargestBits)).AsSingle();
        return Vector512.ConditionalSelect(real, finite, Vector512.Create(float.NaN));
    }
}
