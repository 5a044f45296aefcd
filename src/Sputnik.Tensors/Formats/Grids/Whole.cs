using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Nearest whole numbers, ties to even, inside a range.</summary>
internal static class Whole
{
    /// <summary>As floats.</summary>
    public static Vector512<float> Nearest(Vector512<float> x, float low, float high) =>
        Vector512.MinNative(Vector512.MaxNative(Vector512.Round(x), Vector512.Create(low)), Vector512.Create(high));

    /// <summary>As steps above the lowest.</summary>
    public static Vector512<int> Codes(Vector512<float> x, float low, float high) =>
        Vector512.ConvertToInt32(Nearest(x, low, high) - Vector512.Create(low));
}
