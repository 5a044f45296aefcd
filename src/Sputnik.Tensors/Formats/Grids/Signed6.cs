using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>−32 … 31.</summary>
internal readonly struct Signed6 : IGrid<Signed6>
{
    public static ReadOnlySpan<float> Starts => [-29, -29.5f, -30, -30.5f, -31, -31.5f, -32, -32.5f, -33.5f, 28.5f, 29, 29.5f, 30, 30.5f, 31, 31.5f, 32.5f];

    public static Vector512<float> Nearest(Vector512<float> x) => Whole.Nearest(x, -32, 31);

    public static Vector512<int> Codes(Vector512<float> x) => Whole.Codes(x, -32, 31);
}
