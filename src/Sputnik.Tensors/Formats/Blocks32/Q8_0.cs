using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>q · d. Bytes: d binary16; 32 of q, signed.</summary>
internal readonly unsafe struct Q8_0 : ICodedFormat<Q8_0>
{
    public static int BlockValues => 32;

    public static int BlockBytes => 34;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values)
    {
        float d = F16.Decode(*(ushort*)block);
        sbyte* codes = (sbyte*)(block + 2);
        for (int j = 0; j < 32; j++)
        {
            values[j] = codes[j] * d;
        }
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        byte* levels = stackalloc byte[32];
        ushort d = F16.EncodeFinite(ScaleSearch<Signed8>.Best(values, weights, 32));
        ScaleSearch<Signed8>.Codes(values, 32, F16.Decode(d), levels);
        *(ushort*)block = d;
        for (int j = 0; j < 32; j++)
        {
            block[2 + j] = (byte)(levels[j] - 127);
        }
    }

    public static int Offset => 128;

    public static ReadOnlySpan<byte> Levels => [];

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)block;
        Vector256.Xor(Vector256.Load(block + 2), Vector256.Create((byte)128)).Store(parts->Codes);
    }
}
