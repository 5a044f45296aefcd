namespace Sputnik.Tensors;

/// <summary>
/// (q − 16) · d. Bytes: d binary16; 4 with the fifth bit of value j as bit j; 16 with the low four as in
/// <see cref="Q4_0"/>.
/// </summary>
internal readonly unsafe struct Q5_0 : ICodedFormat<Q5_0>
{
    public static int BlockValues => 32;

    public static int BlockBytes => 22;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values)
    {
        float d = F16.Decode(*(ushort*)block);
        uint high = *(uint*)(block + 2);
        byte* codes = block + 6;
        for (int j = 0; j < 16; j++)
        {
            values[j] = ((codes[j] & 15) + ((int)(high >> j) & 1) * 16 - 16) * d;
            values[j + 16] = ((codes[j] >> 4) + ((int)(high >> (j + 16)) & 1) * 16 - 16) * d;
        }
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        byte* levels = stackalloc byte[32];
        ushort d = F16.EncodeFinite(ScaleSearch<Signed5>.Best(values, weights, 32));
        ScaleSearch<Signed5>.Codes(values, 32, F16.Decode(d), levels);
        *(ushort*)block = d;
        *(uint*)(block + 2) = Packing.Mask(levels, 4);
        Packing.Bits(levels, 32, 0, 15, levels);
        Packing.Halves(levels, 16, block + 6);
    }

    public static int Offset => 16;

    public static ReadOnlySpan<byte> Levels => [];

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)block;
        Nibbles.Split(block + 6, parts->Codes);
        Nibbles.AddFifth(*(uint*)(block + 2), parts->Codes);
    }
}
