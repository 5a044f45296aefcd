using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary><see cref="Bf16"/>, 16 values at a time.</summary>
internal readonly unsafe struct NarrowBf16 : INarrow
{
    public static int Bytes => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* from) => Vector512.ShiftLeft(Widening.Words(from), 16).AsSingle();
}
