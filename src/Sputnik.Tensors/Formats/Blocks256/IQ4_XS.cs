namespace Sputnik.Tensors;

/// <summary>
/// d · (s − 32) · levels[q] for each 32 values, with the levels of <see cref="IQ4_NL"/>. Bytes: d binary16; 2 with the high
/// two bits of s of part k as bits 2k; 4 with the low four, two parts a byte; 16 of q for each part as in
/// <see cref="Q4_0"/>.
/// </summary>
internal readonly unsafe struct IQ4_XS : ICodedFormat<IQ4_XS>
{
    public static int BlockValues => 256;

    public static int BlockBytes => 136;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values)
    {
        float d = F16.Decode(*(ushort*)block);
        int high = *(ushort*)(block + 2);
        byte* low = block + 4;
        for (int part = 0; part < 8; part++)
        {
            int s = ((low[part / 2] >> (part % 2 * 4)) & 15) | (((high >> (part * 2)) & 3) << 4);
            IQ4_NL.Decode(d * (s - 32), block + 8 + (part * 16), values + (part * 32));
        }
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        ScaledParts<Nonlinear4> parts = new(32, -32);
        int* scales = stackalloc int[8];
        byte* levels = stackalloc byte[256];
        ushort d = parts.Fit(values, weights, scales);
        parts.Codes(values, d, scales, levels);
        *(ushort*)block = d;
        int high = 0;
        new Span<byte>(block + 4, 4).Clear();
        for (int part = 0; part < 8; part++)
        {
            int s = scales[part] + 32;
            high |= s >> 4 << (part * 2);
            block[4 + (part / 2)] |= (byte)((s & 15) << (part % 2 * 4));
            Packing.Halves(levels + (part * 32), 16, block + 8 + (part * 16));
        }

        *(ushort*)(block + 2) = (ushort)high;
    }

    public static int Offset => 128;

    public static ReadOnlySpan<byte> Levels => IQ4_NL.Levels;

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)block;
        int high = *(ushort*)(block + 2);
        byte* low = block + 4;
        for (int part = 0; part < 8; part++)
        {
            int s = ((low[part / 2] >> (part % 2 * 4)) & 15) | (((high >> (part * 2)) & 3) << 4);
            parts->Scales[part] = (sbyte)(s - 32);
            Nibbles.Split(block + 8 + (part * 16), parts->Codes + (part * 32));
        }
    }
}
