namespace Sputnik.Tensors;

/// <summary>
/// E4M3 as DeepSeek-V3's files store it (float8_e4m3fn): bias 7, no infinities, NaN is 0x7F and 0xFF, largest 448. A byte
/// is a value; the scales, one for 128 × 128 values, are another tensor. Source: OCP 8-bit Floating Point 1.0.
/// </summary>
public readonly unsafe struct F8E4M3 : IBlockFormat<F8E4M3>
{
    /// <summary>The largest finite value.</summary>
    public const float Largest = 448;

    private const float TwoTo120 = 1329227995784915872903807060280344576f;

    static int IBlockFormat<F8E4M3>.BlockValues => 1;

    static int IBlockFormat<F8E4M3>.BlockBytes => 1;

    static float IBlockFormat<F8E4M3>.Largest => Largest;

    /// <summary>The value of a byte, exactly.</summary>
    public static float Decode(byte bits)
    {
        uint magnitude = bits & 0x7Fu;
        if (magnitude == 0x7F)
        {
            return float.NaN;
        }

        // In binary32's fields the value is 2^120 too small, subnormal or not: the biases are 7 and 127.
        float value = BitConverter.UInt32BitsToSingle(magnitude << 20) * TwoTo120;
        return bits < 0x80 ? value : -value;
    }

    /// <summary>The nearest E4M3, ties to even; what is larger than 448, infinity too, becomes 448; a NaN 0x7F.</summary>
    public static byte Encode(float value)
    {
        if (float.IsNaN(value))
        {
            return 0x7F;
        }

        uint bits = BitConverter.SingleToUInt32Bits(value);
        uint sign = (bits >> 24) & 0x80;
        float magnitude = MathF.Min(MathF.Abs(value), Largest);
        uint whole = BitConverter.SingleToUInt32Bits(magnitude);

        // Below 2^-6 one step is 2^-9, which is what the last bit of 2^14 … 2^15 weighs: the addition rounds.
        uint rounded = magnitude < 0.015625f
            ? BitConverter.SingleToUInt32Bits(magnitude + 16384f) - BitConverter.SingleToUInt32Bits(16384f)
            : ((whole + 0x7FFFF + ((whole >> 20) & 1)) >> 20) - (120 << 3);
        return (byte)(sign | rounded);
    }

    static void IBlockFormat<F8E4M3>.Decode(byte* block, float* values) => *values = Decode(*block);

    static void IBlockFormat<F8E4M3>.Encode(float* values, float* weights, byte* block) => *block = Encode(*values);
}
