using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary><see cref="F16"/>, 16 values at a time: exponent and mantissa moved to binary32's fields, the product with 2^112 is exact.</summary>
internal readonly unsafe struct NarrowF16 : INarrow
{
    private const float TwoTo112 = 5192296858534827628530496329220096f;

    public static int Bytes => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* from)
    {
        Vector512<int> words = Widening.Words(from);
        Vector512<int> magnitude = words & Vector512.Create(0x7FFF);
        Vector512<int> fields = Vector512.ShiftLeft(magnitude, 13);
        Vector512<int> finite = (fields.AsSingle() * TwoTo112).AsInt32();

        // A NaN keeps its payload and is quiet, as F16.Decode makes it.
        Vector512<int> quiet = Vector512.GreaterThan(magnitude, Vector512.Create(0x7C00)) & Vector512.Create(0x400000);
        Vector512<int> endless = fields | quiet | Vector512.Create(0x7F800000);
        Vector512<int> value = Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(0x7C00)), finite, endless);
        return (value | (Vector512.ShiftLeft(words, 16) & Vector512.Create(int.MinValue))).AsSingle();
    }
}
