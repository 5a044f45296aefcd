using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>−8 … 7.</summary>
internal readonly struct Signed4 : IGrid<Signed4>
{
    public static ReadOnlySpan<float> Starts => [-6.4f, -6.8f, -7.2f, -7.6f, -8, -8.4f, -8.8f, -9.4f, -10, 5.4f, 5.8f, 6.2f, 6.6f, 7, 7.4f, 7.8f, 8.4f, 9];

    public static Vector512<float> Nearest(Vector512<float> x) => Whole.Nearest(x, -8, 7);

    public static Vector512<int> Codes(Vector512<float> x) => Whole.Codes(x, -8, 7);
}
