using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// d · s · (q − 32) for each 16 values. Bytes: 128 with the low four bits of q, of which byte i mod 64 of half i / 128 holds
/// value i, in its high half where i / 64 is odd; 64 with the high two, placed as in <see cref="Q2_K"/>; 16 of s, signed;
/// d binary16.
/// </summary>
internal readonly unsafe struct Q6_K : ICodedFormat<Q6_K>
{
    public static int BlockValues => 256;

    public static int BlockBytes => 210;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values)
    {
        sbyte* scales = (sbyte*)(block + 192);
        float d = F16.Decode(*(ushort*)(block + 208));
        for (int part = 0; part < 16; part++)
        {
            float scale = d * scales[part];
            byte* low = block + (part / 8 * 64) + (part % 4 * 16);
            byte* high = block + 128 + (part / 8 * 32) + (part % 2 * 16);
            int lowShift = part / 4 % 2 * 4;
            int highShift = part / 2 % 4 * 2;
            for (int l = 0; l < 16; l++)
            {
                int q = ((low[l] >> lowShift) & 15) | (((high[l] >> highShift) & 3) << 4);
                values[(part * 16) + l] = scale * (q - 32);
            }
        }
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        ScaledParts<Signed6> parts = new(16, -128);
        int* scales = stackalloc int[16];
        byte* levels = stackalloc byte[256];
        ushort d = parts.Fit(values, weights, scales);
        parts.Codes(values, d, scales, levels);
        byte* bits = stackalloc byte[256];
        Packing.Bits(levels, 256, 0, 15, bits);
        Packing.Halves(bits, 64, block);
        Packing.Halves(bits + 128, 64, block + 64);
        Packing.Bits(levels, 256, 4, 3, bits);
        Packing.Quarters(bits, block + 128);
        for (int part = 0; part < 16; part++)
        {
            block[192 + part] = (byte)scales[part];
        }

        *(ushort*)(block + 208) = d;
    }

    public static int Offset => 32;

    public static ReadOnlySpan<byte> Levels => [];

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)(block + 208);
        new ReadOnlySpan<sbyte>(block + 192, 16).CopyTo(new(parts->Scales, 16));
        for (int half = 0; half < 2; half++)
        {
            byte* codes = parts->Codes + (half * 128);
            Vector256<byte> high = Vector256.Load(block + 128 + (half * 32));
            for (int part = 0; part < 4; part++)
            {
                Vector256<byte> low = Vector256.Load(block + (half * 64) + (part % 2 * 32));
                ((low.AsUInt32() >> (part / 2 * 4)).AsByte() & Vector256.Create((byte)15)).Store(codes + (part * 32));
                Nibbles.Or(high, 2 * part, 3, 4, codes + (part * 32));
            }
        }
    }
}
