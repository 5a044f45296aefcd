using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>E2M1: a sign and 0, ½, 1, 1½, 2, 3, 4 or 6; ties to the even code. Zero is never negative.</summary>
internal readonly struct Float4 : IGrid<Float4>
{
    public static ReadOnlySpan<float> Starts => [6];

    public static Vector512<float> Nearest(Vector512<float> x)
    {
        // Steps of ½ to 2, of 1 to 4, of 2 to 6.
        Vector512<float> size = Vector512.Abs(x);
        Vector512<float> half = Vector512.Round(size * 2) * 0.5f;
        Vector512<float> one = Vector512.Round(size);
        Vector512<float> two = Vector512.MinNative(Vector512.Round(size * 0.5f) * 2, Vector512.Create(6f));
        Vector512<float> level = Vector512.ConditionalSelect(
            Vector512.LessThan(size, Vector512.Create(2f)),
            half,
            Vector512.ConditionalSelect(Vector512.LessThan(size, Vector512.Create(4f)), one, two));
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), -level, level);
    }

    public static Vector512<int> Codes(Vector512<float> x)
    {
        Vector512<float> level = Nearest(x);
        Vector512<float> size = Vector512.Abs(level);
        Vector512<int> code = Vector512.ConvertToInt32(Vector512.MinNative(size * 2, Vector512.MinNative(size + Vector512.Create(2f), (size * 0.5f) + Vector512.Create(4f))));
        Vector512<int> sign = Vector512.LessThan(level, Vector512<float>.Zero).AsInt32() & Vector512.Create(8);
        return code | sign;
    }
}
