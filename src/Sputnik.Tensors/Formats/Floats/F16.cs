namespace Sputnik.Tensors;

/// <summary>IEEE 754 binary16: 5 bits of exponent, 10 of mantissa, largest 65504.</summary>
public readonly unsafe struct F16 : IBlockFormat<F16>
{
    /// <summary>The largest finite value.</summary>
    public const float Largest = 65504;

    private const uint Infinity = 0x7C00;
    private const float TwoTo112 = 5192296858534827628530496329220096f;

    static int IBlockFormat<F16>.BlockValues => 1;

    static int IBlockFormat<F16>.BlockBytes => 2;

    static float IBlockFormat<F16>.Largest => Largest;

    /// <summary>The value of sixteen bits, exactly.</summary>
    public static float Decode(ushort bits)
    {
        uint sign = (uint)(bits & 0x8000) << 16;
        uint magnitude = bits & 0x7FFFu;
        if (magnitude >= Infinity)
        {
            // A NaN keeps its payload and is quiet, as the hardware's conversion makes it.
            uint quiet = magnitude > Infinity ? 0x400000u : 0;
            return BitConverter.UInt32BitsToSingle(sign | 0x7F800000 | (magnitude << 13) | quiet);
        }

        // In binary32's fields the value is 2^112 too small, subnormal or not: the biases are 15 and 127.
        float value = BitConverter.UInt32BitsToSingle(magnitude << 13) * TwoTo112;
        return BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) | sign);
    }

    /// <summary>The nearest binary16, ties to even; from 65520 on infinity.</summary>
    public static ushort Encode(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        uint sign = (bits >> 16) & 0x8000;
        uint magnitude = bits & 0x7FFFFFFF;
        if (magnitude > 0x7F800000)
        {
            return (ushort)(sign | 0x7E00 | ((magnitude >> 13) & 0x3FF));
        }

        if (magnitude >= 0x477FF000)
        {
            return (ushort)(sign | Infinity);
        }

        // Below 2^-14 one step is 2^-24, which is what the last bit of 0.5 … 1 weighs: the addition rounds.
        uint rounded = magnitude < 0x38800000
            ? BitConverter.SingleToUInt32Bits(BitConverter.UInt32BitsToSingle(magnitude) + 0.5f) - 0x3F000000
            : ((magnitude + 0xFFF + ((magnitude >> 13) & 1)) >> 13) - (112 << 10);
        return (ushort)(sign | rounded);
    }

    /// <summary>The nearest binary16 that is finite.</summary>
    internal static ushort EncodeFinite(float value) => Encode(Math.Clamp(value, -Largest, Largest));

    /// <summary>The nearest binary16 that is finite and not nearer to zero.</summary>
    internal static ushort EncodeAway(float value)
    {
        ushort nearest = EncodeFinite(value);
        return MathF.Abs(Decode(nearest)) < MathF.Abs(value) && MathF.Abs(value) < Largest ? (ushort)(nearest + 1) : nearest;
    }

    static void IBlockFormat<F16>.Decode(byte* block, float* values) => *values = Decode(*(ushort*)block);

    static void IBlockFormat<F16>.Encode(float* values, float* weights, byte* block) => *(ushort*)block = Encode(*values);
}
