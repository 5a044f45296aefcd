namespace Sputnik.Tensors;

/// <summary>IEEE 754 binary32, little-endian.</summary>
internal readonly unsafe struct F32 : IBlockFormat<F32>
{
    public static int BlockValues => 1;

    public static int BlockBytes => 4;

    public static float Largest => float.MaxValue;

    public static void Decode(byte* block, float* values) => *values = *(float*)block;

    public static void Encode(float* values, float* weights, byte* block) => *(float*)block = *values;
}
