using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>The lowest and the highest of 16 · n values.</summary>
internal readonly unsafe record struct Extremes(float Low, float High)
{
    /// <summary>The one further from zero; the higher of two as far.</summary>
    public float Furthest => High >= -Low ? High : Low;

    public static Extremes Of(float* x, int count)
    {
        Vector512<float> low = Vector512.Load(x);
        Vector512<float> high = low;
        for (int i = Lanes.Width; i < count; i += Lanes.Width)
        {
            low = Vector512.MinNative(low, Vector512.Load(x + i));
            high = Vector512.MaxNative(high, Vector512.Load(x + i));
        }

        Vector256<float> low8 = Vector256.MinNative(low.GetLower(), low.GetUpper());
        Vector256<float> high8 = Vector256.MaxNative(high.GetLower(), high.GetUpper());
        Vector128<float> low4 = Vector128.MinNative(low8.GetLower(), low8.GetUpper());
        Vector128<float> high4 = Vector128.MaxNative(high8.GetLower(), high8.GetUpper());
        return new(
            MathF.Min(MathF.Min(low4[0], low4[1]), MathF.Min(low4[2], low4[3])),
            MathF.Max(MathF.Max(high4[0], high4[1]), MathF.Max(high4[2], high4[3])));
    }
}
