namespace Sputnik.Tensors;

/// <summary>
/// E2M1 · 2^(e − 127). Bytes: e as <see cref="E8M0"/>; 16 of codes, placed as in <see cref="Q4_0"/>, each a sign and one of
/// 0, ½, 1, 1½, 2, 3, 4, 6. A negative zero decodes to zero, as in ggml. Source: OCP Microscaling Formats 1.0.
/// </summary>
internal readonly unsafe struct MXFP4 : ICodedFormat<MXFP4>
{
    private static ReadOnlySpan<float> Halves => [0, 0.5f, 1, 1.5f, 2, 3, 4, 6, 0, -0.5f, -1, -1.5f, -2, -3, -4, -6];

    public static int BlockValues => 32;

    public static int BlockBytes => 17;

    public static void Decode(byte* block, float* values)
    {
        float d = E8M0.Decode(*block);
        byte* codes = block + 1;
        for (int j = 0; j < 16; j++)
        {
            values[j] = Halves[codes[j] & 15] * d;
            values[j + 16] = Halves[codes[j] >> 4] * d;
        }
    }

    public static int Offset => 12;

    public static ReadOnlySpan<byte> Levels => [12, 13, 14, 15, 16, 18, 20, 24, 12, 11, 10, 9, 8, 6, 4, 0];

    public static void Split(byte* block, BlockParts* parts)
    {
        // Levels are doubled to be integers, and the power of two halved; bfloat16 holds it, a subnormal one too.
        parts->D = (ushort)(BitConverter.SingleToUInt32Bits(E8M0.Decode(*block) * 0.5f) >> 16);
        Nibbles.Split(block + 1, parts->Codes);
    }
}
