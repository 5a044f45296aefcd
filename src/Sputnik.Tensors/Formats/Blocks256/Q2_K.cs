namespace Sputnik.Tensors;

/// <summary>
/// d · s · q − e · m for each 16 values. Bytes: 16 with s in the low half and m in the high; 64 of q, of which byte
/// i mod 32 of half i / 128 holds value i in bits 2 · (i / 32 mod 4); d and e binary16.
/// </summary>
internal readonly unsafe struct Q2_K : ICodedFormat<Q2_K>
{
    public static int BlockValues => 256;

    public static int BlockBytes => 84;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values)
    {
        byte* codes = block + 16;
        float d = F16.Decode(*(ushort*)(block + 80));
        float e = F16.Decode(*(ushort*)(block + 82));
        for (int part = 0; part < 16; part++)
        {
            float scale = d * (block[part] & 15);
            float min = e * (block[part] >> 4);
            byte* from = codes + (part / 8 * 32) + (part % 2 * 16);
            int shift = part / 2 % 4 * 2;
            for (int l = 0; l < 16; l++)
            {
                values[(part * 16) + l] = (scale * ((from[l] >> shift) & 3)) - min;
            }
        }
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        LinedParts parts = new(16, 3, 15);
        LinedParts.Pair* pairs = stackalloc LinedParts.Pair[16];
        byte* levels = stackalloc byte[256];
        LinedParts.Units units = parts.Fit(values, weights, pairs);
        parts.Codes(values, units, pairs, levels);
        for (int part = 0; part < 16; part++)
        {
            block[part] = (byte)(pairs[part].Scale | (pairs[part].Min << 4));
        }

        Packing.Quarters(levels, block + 16);
        *(ushort*)(block + 80) = units.ScaleBits;
        *(ushort*)(block + 82) = units.MinBits;
    }

    public static int Offset => 0;

    public static ReadOnlySpan<byte> Levels => [];

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)(block + 80);
        parts->M = (ushort)(*(ushort*)(block + 82) ^ 0x8000);
        for (int part = 0; part < 16; part++)
        {
            parts->Scales[part] = (sbyte)(block[part] & 15);
            parts->Mins[part] = (byte)(block[part] >> 4);
        }

        Nibbles.SplitQuarters(block + 16, parts->Codes);
    }
}
