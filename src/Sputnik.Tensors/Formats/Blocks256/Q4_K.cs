namespace Sputnik.Tensors;

/// <summary>
/// d · s · q − e · m for each 32 values. Bytes: d and e binary16; 12 of <see cref="SixBitPairs"/>; 128 of q, of which byte
/// i mod 32 of quarter i / 64 holds value i, in its high half where i / 32 is odd.
/// </summary>
internal readonly unsafe struct Q4_K : ICodedFormat<Q4_K>
{
    public static int BlockValues => 256;

    public static int BlockBytes => 144;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values)
    {
        float d = F16.Decode(*(ushort*)block);
        float e = F16.Decode(*(ushort*)(block + 2));
        byte* codes = block + 16;
        for (int part = 0; part < 8; part++)
        {
            (int s, int m) = SixBitPairs.Get(block + 4, part);
            float scale = d * s;
            float min = e * m;
            byte* from = codes + (part / 2 * 32);
            int shift = part % 2 * 4;
            for (int l = 0; l < 32; l++)
            {
                values[(part * 32) + l] = (scale * ((from[l] >> shift) & 15)) - min;
            }
        }
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        LinedParts parts = new(32, 15, 63);
        LinedParts.Pair* pairs = stackalloc LinedParts.Pair[8];
        byte* levels = stackalloc byte[256];
        LinedParts.Units units = parts.Fit(values, weights, pairs);
        parts.Codes(values, units, pairs, levels);
        *(ushort*)block = units.ScaleBits;
        *(ushort*)(block + 2) = units.MinBits;
        SixBitPairs.Put(pairs, block + 4);
        for (int quarter = 0; quarter < 4; quarter++)
        {
            Packing.Halves(levels + (quarter * 64), 32, block + 16 + (quarter * 32));
        }
    }

    public static int Offset => 0;

    public static ReadOnlySpan<byte> Levels => [];

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)block;
        parts->M = (ushort)(*(ushort*)(block + 2) ^ 0x8000);
        SixBitPairs.Split(block + 4, parts);
        for (int quarter = 0; quarter < 4; quarter++)
        {
            Nibbles.SplitWide(block + 16 + (quarter * 32), parts->Codes + (quarter * 64));
        }
    }
}
