using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary><see cref="F8E4M3"/>, 16 values at a time; the scale of their 128 × 128 is not in it.</summary>
internal readonly unsafe struct NarrowF8E4M3 : INarrow
{
    private const float TwoTo120 = 1329227995784915872903807060280344576f;

    public static int Bytes => sizeof(byte);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* from)
    {
        Vector512<int> bytes = Widening.Bytes(from);
        Vector512<int> magnitude = bytes & Vector512.Create(0x7F);
        Vector512<int> finite = (Vector512.ShiftLeft(magnitude, 20).AsSingle() * TwoTo120).AsInt32();
        Vector512<int> signed = finite | (Vector512.ShiftLeft(bytes, 24) & Vector512.Create(int.MinValue));
        return Vector512.ConditionalSelect(
            Vector512.Equals(magnitude, Vector512.Create(0x7F)), Vector512.Create(float.NaN).AsInt32(), signed).AsSingle();
    }
}
