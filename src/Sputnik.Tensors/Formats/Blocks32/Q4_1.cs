namespace Sputnik.Tensors;

/// <summary>q · d + m. Bytes: d and m binary16; 16 of q as in <see cref="Q4_0"/>.</summary>
internal readonly unsafe struct Q4_1 : ICodedFormat<Q4_1>
{
    public static int BlockValues => 32;

    public static int BlockBytes => 20;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values)
    {
        float d = F16.Decode(*(ushort*)block);
        float m = F16.Decode(*(ushort*)(block + 2));
        byte* codes = block + 4;
        for (int j = 0; j < 16; j++)
        {
            values[j] = ((codes[j] & 15) * d) + m;
            values[j + 16] = ((codes[j] >> 4) * d) + m;
        }
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        byte* levels = stackalloc byte[32];
        Line line = LineSearch.Free(values, weights, 32, 15);
        ushort d = F16.EncodeFinite(line.Scale);
        ushort m = F16.EncodeFinite(line.Min);
        LineSearch.Codes(values, 32, 15, new(F16.Decode(d), F16.Decode(m)), levels);
        *(ushort*)block = d;
        *(ushort*)(block + 2) = m;
        Packing.Halves(levels, 16, block + 4);
    }

    public static int Offset => 0;

    public static ReadOnlySpan<byte> Levels => [];

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)block;
        parts->M = *(ushort*)(block + 2);
        Nibbles.Split(block + 4, parts->Codes);
    }
}
