namespace Sputnik.Tensors;

/// <summary>(q − 1) · d with q of 0, 1, 2. Bytes: 64 of q, two bits each, placed as in <see cref="Q2_K"/>; d binary16.</summary>
internal readonly unsafe struct TQ2_0 : ICodedFormat<TQ2_0>
{
    public static int BlockValues => 256;

    public static int BlockBytes => 66;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values)
    {
        float d = F16.Decode(*(ushort*)(block + 64));
        for (int i = 0; i < 256; i++)
        {
            int q = (block[(i / 128 * 32) + (i % 32)] >> (i / 32 % 4 * 2)) & 3;
            values[i] = (q - 1) * d;
        }
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        byte* digits = stackalloc byte[256];
        ushort d = F16.EncodeFinite(MathF.Abs(ScaleSearch<Ternary>.Best(values, weights, 256)));
        ScaleSearch<Ternary>.Codes(values, 256, F16.Decode(d), digits);
        Packing.Quarters(digits, block);
        *(ushort*)(block + 64) = d;
    }

    public static int Offset => 1;

    public static ReadOnlySpan<byte> Levels => [];

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)(block + 64);
        Nibbles.SplitQuarters(block, parts->Codes);
    }
}
