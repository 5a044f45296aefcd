using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>−4 … 3.</summary>
internal readonly struct Signed3 : IGrid<Signed3>
{
    public static ReadOnlySpan<float> Starts => [-3, -3.4f, -3.8f, -4.2f, -4.6f, -5, -5.5f, -6, 2.4f, 2.8f, 3.2f, 3.6f, 4, 4.5f, 5];

    public static Vector512<float> Nearest(Vector512<float> x) => Whole.Nearest(x, -4, 3);

    public static Vector512<int> Codes(Vector512<float> x) => Whole.Codes(x, -4, 3);
}
