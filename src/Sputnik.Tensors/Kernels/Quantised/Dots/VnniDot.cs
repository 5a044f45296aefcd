using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sputnik.Tensors;

/// <summary>vpdpbusd: one instruction.</summary>
internal readonly struct VnniDot : IByteDot
{
    public static int Bias(bool wide) => 0;

    public static Vector256<int> Add(Vector256<int> sum, Vector256<byte> levels, Vector256<sbyte> x, bool wide) =>
        AvxVnni.MultiplyWideningAndAdd(sum, levels, x);
}
