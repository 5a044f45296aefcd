using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// d · (s − 32) · (q − 4) for each 16 values. Bytes: 32 with the third bit of value i as bit i / 32 of byte i mod 32; 64 with
/// the low two, placed as in <see cref="Q2_K"/>; 12 of s, whose low four bits are the halves of the first 8 bytes (s₀ … s₇
/// low, s₈ … s₁₅ high) and whose high two are bits 2 · (k / 4) of byte 8 + k mod 4; d binary16.
/// </summary>
internal readonly unsafe struct Q3_K : ICodedFormat<Q3_K>
{
    public static int BlockValues => 256;

    public static int BlockBytes => 110;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values)
    {
        byte* codes = block + 32;
        float d = F16.Decode(*(ushort*)(block + 108));
        for (int part = 0; part < 16; part++)
        {
            float scale = d * (Scale(block + 96, part) - 32);
            byte* from = codes + (part / 8 * 32) + (part % 2 * 16);
            byte* high = block + (part % 2 * 16);
            int shift = part / 2 % 4 * 2;
            for (int l = 0; l < 16; l++)
            {
                int third = (high[l] >> (part / 2)) & 1;
                values[(part * 16) + l] = scale * (((from[l] >> shift) & 3) + (third * 4) - 4);
            }
        }
    }

    private static int Scale(byte* scales, int part)
    {
        int low = part < 8 ? scales[part] & 15 : scales[part - 8] >> 4;
        return low | (((scales[8 + (part % 4)] >> (part / 4 * 2)) & 3) << 4);
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        ScaledParts<Signed3> parts = new(16, -32);
        int* scales = stackalloc int[16];
        byte* levels = stackalloc byte[256];
        ushort d = parts.Fit(values, weights, scales);
        parts.Codes(values, d, scales, levels);
        Packing.Eighths(levels, 2, block);
        Packing.Bits(levels, 256, 0, 3, levels);
        Packing.Quarters(levels, block + 32);
        PutScales(scales, block + 96);
        *(ushort*)(block + 108) = d;
    }

    private static void PutScales(int* scales, byte* packed)
    {
        new Span<byte>(packed, 12).Clear();
        for (int part = 0; part < 16; part++)
        {
            int s = scales[part] + 32;
            packed[part % 8] |= (byte)((s & 15) << (part / 8 * 4));
            packed[8 + (part % 4)] |= (byte)(s >> 4 << (part / 4 * 2));
        }
    }

    public static int Offset => 4;

    public static ReadOnlySpan<byte> Levels => [];

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)(block + 108);
        for (int part = 0; part < 16; part++)
        {
            parts->Scales[part] = (sbyte)(Scale(block + 96, part) - 32);
        }

        Nibbles.SplitQuarters(block + 32, parts->Codes);
        for (int run = 0; run < 8; run++)
        {
            Nibbles.Or(Vector256.Load(block), run, 1, 2, parts->Codes + (run * 32));
        }
    }
}
