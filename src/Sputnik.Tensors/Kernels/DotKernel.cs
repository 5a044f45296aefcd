using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Σ a[i] · b[i]: a fused chain for each of the 16 lanes, then the tree of <see cref="Lanes"/>.</summary>
internal static unsafe class DotKernel
{
    /// <summary>The definition. Tests hold <see cref="Simd"/> to it bit for bit.</summary>
    public static float Scalar(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Span<float> lanes = stackalloc float[Lanes.Width];
        lanes.Clear();
        for (int i = 0; i < a.Length; i++)
        {
            lanes[i % Lanes.Width] = MathF.FusedMultiplyAdd(a[i], b[i], lanes[i % Lanes.Width]);
        }

        return Lanes.Sum(lanes);
    }

    /// <summary>The same sixteen lanes at a time.</summary>
    public static float Simd(float* a, float* b, int count)
    {
        Vector512<float> sum = default;
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(a + i), Vector512.Load(b + i), sum);
        }

        if (i < count)
        {
            Vector512<float> tail = Vector512.FusedMultiplyAdd(Lanes.Tail(a + i, count - i), Lanes.Tail(b + i, count - i), sum);
            sum = Vector512.ConditionalSelect(Lanes.First(count - i), tail, sum);
        }

        return Lanes.Sum(sum);
    }
}
