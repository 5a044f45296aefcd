using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>−1, 0, 1.</summary>
internal readonly struct Ternary : IGrid<Ternary>
{
    public static ReadOnlySpan<float> Starts => [0.75f, 1, 1.25f, 1.5f, 1.75f, 2, 2.5f, 3];

    public static Vector512<float> Nearest(Vector512<float> x) => Whole.Nearest(x, -1, 1);

    public static Vector512<int> Codes(Vector512<float> x) => Whole.Codes(x, -1, 1);
}
