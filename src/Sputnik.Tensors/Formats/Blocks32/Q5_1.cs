namespace Sputnik.Tensors;

/// <summary>q · d + m. Bytes: d and m binary16; then as in <see cref="Q5_0"/>.</summary>
internal readonly unsafe struct Q5_1 : ICodedFormat<Q5_1>
{
    public static int BlockValues => 32;

    public static int BlockBytes => 24;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values)
    {
        float d = F16.Decode(*(ushort*)block);
        float m = F16.Decode(*(ushort*)(block + 2));
        uint high = *(uint*)(block + 4);
        byte* codes = block + 8;
        for (int j = 0; j < 16; j++)
        {
            values[j] = (((codes[j] & 15) + ((int)(high >> j) & 1) * 16) * d) + m;
            values[j + 16] = (((codes[j] >> 4) + ((int)(high >> (j + 16)) & 1) * 16) * d) + m;
        }
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        byte* levels = stackalloc byte[32];
        Line line = LineSearch.Free(values, weights, 32, 31);
        ushort d = F16.EncodeFinite(line.Scale);
        ushort m = F16.EncodeFinite(line.Min);
        LineSearch.Codes(values, 32, 31, new(F16.Decode(d), F16.Decode(m)), levels);
        *(ushort*)block = d;
        *(ushort*)(block + 2) = m;
        *(uint*)(block + 4) = Packing.Mask(levels, 4);
        Packing.Bits(levels, 32, 0, 15, levels);
        Packing.Halves(levels, 16, block + 8);
    }

    public static int Offset => 0;

    public static ReadOnlySpan<byte> Levels => [];

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)block;
        parts->M = *(ushort*)(block + 2);
        Nibbles.Split(block + 8, parts->Codes);
        Nibbles.AddFifth(*(uint*)(block + 4), parts->Codes);
    }
}
