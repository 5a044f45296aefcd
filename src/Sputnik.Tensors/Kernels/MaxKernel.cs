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

        // Makes one zero of two, the only equal values with different bits.
        return max + 0f;
    }

    /// <summary>The same in four vectors: one would wait for each comparison.</summary>
    public static float Simd(float* x, int count)
    {
        const int Step = 4 * Lanes.Width;
        Vector512<float> a = Vector512.Create(float.NegativeInfinity);
        Vector512<float> b = a;
        Vector512<float> c = a;
        Vector512<float> d = a;
        int i = 0;
        for (; i <= count - Step; i += Step)
        {
            a = Greater(Vector512.Load(x + i), a);
            b = Greater(Vector512.Load(x + i + Lanes.Width), b);
            c = Greater(Vector512.Load(x + i + (2 * Lanes.Width)), c);
            d = Greater(Vector512.Load(x + i + (3 * Lanes.Width)), d);
        }

        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            a = Greater(Vector512.Load(x + i), a);
        }

        a = Greater(Greater(a, b), Greater(c, d));
        float lanes = Scalar(new ReadOnlySpan<float>(&a, Lanes.Width));
        float rest = Scalar(new ReadOnlySpan<float>(x + i, count - i));
        return lanes > rest ? lanes : rest;
    }

    private static Vector512<float> Greater(Vector512<float> value, Vector512<float> max) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(value, max), value, max);
}
