namespace Sputnik.Tensors;

/// <summary>levels[q] · d. Bytes as in <see cref="Q4_0"/>.</summary>
internal readonly unsafe struct IQ4_NL : ICodedFormat<IQ4_NL>
{
    /// <summary>The sixteen levels, ascending: part of the format.</summary>
    public static ReadOnlySpan<sbyte> SignedLevels => [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

    public static int BlockValues => 32;

    public static int BlockBytes => 18;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values) => Decode(F16.Decode(*(ushort*)block), block + 2, values);

    /// <summary>The 32 values of 16 bytes of codes.</summary>
    public static void Decode(float d, byte* codes, float* values)
    {
        for (int j = 0; j < 16; j++)
        {
            values[j] = d * SignedLevels[codes[j] & 15];
            values[j + 16] = d * SignedLevels[codes[j] >> 4];
        }
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        byte* codes = stackalloc byte[32];
        ushort d = F16.EncodeFinite(ScaleSearch<Nonlinear4>.Best(values, weights, 32));
        ScaleSearch<Nonlinear4>.Codes(values, 32, F16.Decode(d), codes);
        *(ushort*)block = d;
        Packing.Halves(codes, 16, block + 2);
    }

    public static int Offset => 128;

    /// <summary>The same levels, 128 higher.</summary>
    /// <summary>The same levels, 128 higher.</summary>
    public static ReadOnlySpan<byte> Levels => [1, 24, 45, 63, 79, 93, 106, 118, 129, 141, 153, 166, 181, 197, 217, 241];

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)block;
        Nibbles.Split(block + 2, parts->Codes);
    }
}
