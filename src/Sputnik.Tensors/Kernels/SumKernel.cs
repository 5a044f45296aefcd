using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Σ x[i]: sixteen lanes by position, then the tree of <see cref="Lanes"/>.</summary>
internal static unsafe class SumKernel
{
    /// <summary>The definition. Tests hold <see cref="Simd"/> to it bit for bit.</summary>
    public static float Scalar(ReadOnlySpan<float> x)
    {
        Span<float> lanes = stackalloc float[Lanes.Width];
        lanes.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            lanes[i % Lanes.Width] += x[i];
        }

        return Lanes.Sum(lanes);
    }

    /// <summary>The same sixteen lanes at a time.</summary>
    public static float Simd(float* x, int count)
    {
        Vector512<float> sum = default;
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            sum += Vector512.Load(x + i);
        }

        // A lane never holds −0, so the zeros of absent elements change no bit.
        sum = i < count ? sum + Lanes.Tail(x + i, count - i) : sum;
        return Lanes.Sum(sum);
    }
}
