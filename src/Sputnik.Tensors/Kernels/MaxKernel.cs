using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>max x[i]; −infinity of nothing, NaN elements are passed over. A maximum does not depend on its order.</summary>
internal static unsafe class MaxKernel
{
    /// <summary>The definition. Tests hold <see cref="Simd"/> to it bit for bit.</summary>
    public static float Scalar(ReadOnlySpan<float> x)
    {
        float max = float.NegativeInfinity;
        foreach (float value in x)
        {
            max = value > max ? value : max;
        }

        return max;
    }

    /// <summary>The same sixteen lanes at a time.</summary>
    public static float Simd(float* x, int count)
    {
        Vector512<float> max = Vector512.Create(float.NegativeInfinity);
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            Vector512<float> value = Vector512.Load(x + i);
            max = Vector512.ConditionalSelect(Vector512.GreaterThan(value, max), value, max);
        }

        float best = Scalar(new ReadOnlySpan<float>(x + i, count - i));
        float lanes = Scalar(new ReadOnlySpan<float>(&max, Lanes.Width));
        return lanes > best ? lanes : best;
    }
}
