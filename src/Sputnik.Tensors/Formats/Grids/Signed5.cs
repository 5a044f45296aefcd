using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>−16 … 15.</summary>
internal readonly struct Signed5 : IGrid<Signed5>
{
    public static ReadOnlySpan<float> Starts => [-13.5f, -14, -14.5f, -15, -15.5f, -16, -16.5f, -17, -18, 12.5f, 13, 13.5f, 14, 14.5f, 15, 15.5f, 16, 17];

    public static Vector512<float> Nearest(Vector512<float> x) => Whole.Nearest(x, -16, 15);

    public static Vector512<int> Codes(Vector512<float> x) => Whole.Codes(x, -16, 15);
}
