namespace Sputnik.Tensors;

/// <summary>bfloat16: the upper half of a binary32.</summary>
public readonly unsafe struct Bf16 : IBlockFormat<Bf16>
{
    static int IBlockFormat<Bf16>.BlockValues => 1;

    static int IBlockFormat<Bf16>.BlockBytes => 2;

    static float IBlockFormat<Bf16>.Largest => Decode(0x7F7F);

    /// <summary>The value of sixteen bits, exactly.</summary>
    public static float Decode(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>The nearest bfloat16, ties to even; a NaN stays one, and quiet.</summary>
    public static ushort Encode(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value)
            ? (ushort)((bits >> 16) | 0x40)
            : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    static void IBlockFormat<Bf16>.Decode(byte* block, float* values) => *values = Decode(*(ushort*)block);

    static void IBlockFormat<Bf16>.Encode(float* values, float* weights, byte* block) => *(ushort*)block = Encode(*values);
}
