namespace Sputnik.Tensors;

/// <summary>
/// E2M1 · 2^(e − 127). Bytes: e as <see cref="E8M0"/>; 16 of codes, placed as in <see cref="Q4_0"/>, each a sign and one of
/// 0, ½, 1, 1½, 2, 3, 4, 6. A negative zero decodes to zero, as in ggml. Source: OCP Microscaling Formats 1.0.
/// </summary>
internal readonly unsafe struct MXFP4 : ICodedFormat<MXFP4>
{
    private const float TwoTo126 = 85070591730234615865843651857942052864f;

    private static ReadOnlySpan<float> Halves => [0, 0.5f, 1, 1.5f, 2, 3, 4, 6, 0, -0.5f, -1, -1.5f, -2, -3, -4, -6];

    public static int BlockValues => 32;

    public static int BlockBytes => 17;

    public static float Largest => 3 * TwoTo126;

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

    public static void Encode(float* values, float* weights, byte* block)
    {
        float extreme = MathF.Abs(Extremes.Of(values, 32).Furthest);

        // The extreme lies in [4, 8) of the first, whose 6 cuts it off at worst; in [2, 4) of the other.
        int exponent = (int)(BitConverter.SingleToUInt32Bits(extreme) >> 23);
        byte first = (byte)Math.Max(exponent - 2, 0);
        byte other = (byte)(first + 1);
        float error = ScaleSearch<Float4>.Error(values, weights, 32, E8M0.Decode(first));
        float otherError = ScaleSearch<Float4>.Error(values, weights, 32, E8M0.Decode(other));
        byte* codes = stackalloc byte[32];
        *block = otherError < error ? other : first;
        ScaleSearch<Float4>.Codes(values, 32, E8M0.Decode(*block), codes);
        Packing.Halves(codes, 16, block + 1);
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
