namespace Sputnik.Tensors;

/// <summary>(q − 8) · d. Bytes: d binary16; 16 of q, value j in the low half of byte j, value j + 16 in the high half.</summary>
internal readonly unsafe struct Q4_0 : ICodedFormat<Q4_0>
{
    public static int BlockValues => 32;

    public static int BlockBytes => 18;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values)
    {
        float d = F16.Decode(*(ushort*)block);
        byte* codes = block + 2;
        for (int j = 0; j < 16; j++)
        {
            values[j] = ((codes[j] & 15) - 8) * d;
            values[j + 16] = ((codes[j] >> 4) - 8) * d;
        }
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        byte* levels = stackalloc byte[32];
        ushort d = F16.EncodeFinite(ScaleSearch<Signed4>.Best(values, weights, 32));
        ScaleSearch<Signed4>.Codes(values, 32, F16.Decode(d), levels);
        *(ushort*)block = d;
        Packing.Halves(levels, 16, block + 2);
    }

    public static int Offset => 8;

    public static ReadOnlySpan<byte> Levels => [];

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)block;
        Nibbles.Split(block + 2, parts->Codes);
    }
}
