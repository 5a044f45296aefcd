using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>q · d. Bytes: d binary16; 32 of q, signed.</summary>
internal readonly unsafe struct Q8_0 : ICodedFormat<Q8_0>
{
    public static int BlockValues => 32;

    public static int BlockBytes => 34;

    public static void Decode(byte* block, float* values)
    {
        float d = F16.Decode(*(ushort*)block);
        sbyte* codes = (sbyte*)(block + 2);
        for (int j = 0; j < 32; j++)
        {
            values[j] = codes[j] * d;
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
