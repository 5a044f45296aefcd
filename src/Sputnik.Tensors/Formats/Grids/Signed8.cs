using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>−127 … 127.</summary>
internal readonly struct Signed8 : IGrid<Signed8>
{
    public static ReadOnlySpan<float> Starts => [120, 121.5f, 123, 124.5f, 126, 127, 129, 132];

    public static Vector512<float> Nearest(Vector512<float> x) => Whole.Nearest(x, -127, 127);

    public static Vector512<int> Codes(Vector512<float> x) => Whole.Codes(x, -127, 127);
}
