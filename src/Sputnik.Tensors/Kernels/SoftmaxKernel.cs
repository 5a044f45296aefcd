using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// The softmax of one row: z[i] = (x[i] − max x) · inverse, e[i] = exp z[i], sums in sixteen lanes and their tree. The one
/// place that says what a probability is, to the sampler and to the trainer.
/// </summary>
internal static unsafe class SoftmaxKernel
{
    // exp is 0 there; stopping z keeps a logit of −∞ from making 0 · ∞.
    private const float Lowest = -104f;

    /// <summary>The totals of a row, defined. Tests hold <see cref="Simd"/> to it bit for bit.</summary>
    public static SoftmaxTotals Scalar(ReadOnlySpan<float> x, float inverse)
    {
        float max = MaxKernel.Scalar(x);
        Span<float> sum = stackalloc float[Lanes.Width];
        Span<float> weighted = stackalloc float[Lanes.Width];
        sum.Clear();
        weighted.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            float z = (x[i] - max) * inverse;
            z = z < Lowest ? Lowest : z;
            float e = Elementary.Exp(z);
            int lane = i % Lanes.Width;
            sum[lane] += e;
            weighted[lane] = MathF.FusedMultiplyAdd(e, z, weighted[lane]);
        }

        return new(max, Lanes.Sum(sum), Lanes.Sum(weighted), inverse);
    }

    /// <summary>The same sixteen at a time.</summary>
    public static SoftmaxTotals Simd(float* x, int count, float inverse)
    {
        float max = MaxKernel.Simd(x, count);
        Vector512<float> maxima = Vector512.Create(max);
        Vector512<float> inverses = Vector512.Create(inverse);
        Vector512<float> lowest = Vector512.Create(Lowest);
        Vector512<float> sum = default;
        Vector512<float> weighted = default;
        for (int i = 0; i < count; i += Lanes.Width)
        {
            int left = count - i;
            Vector512<float> value = left >= Lanes.Width ? Vector512.Load(x + i) : Lanes.Tail(x + i, left, max);
            Vector512<float> z = (value - maxima) * inverses;
            z = Vector512.ConditionalSelect(Vector512.LessThan(z, lowest), lowest, z);
            Vector512<float> e = Elementary.Exp(z);
            if (left < Lanes.Width)
            {
                e &= Lanes.First(left);
            }

            // An absent lane adds 0: its sums never hold −0, so no bit changes.
            sum += e;
            weighted = Vector512.FusedMultiplyAdd(e, z, weighted);
        }

        return new(max, Lanes.Sum(sum), Lanes.Sum(weighted), inverse);
    }

    /// <summary>y[i] = factor · e[i] / Σe, defined; factor 1 gives probabilities.</summary>
    public static void ScalarScale(ReadOnlySpan<float> x, SoftmaxTotals row, float factor, Span<float> y)
    {
        float share = 1 / row.Sum;
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Elementary.Exp((x[i] - row.Max) * row.Inverse) * share * factor;
        }
    }

    /// <summary>The same sixteen at a time; y may be x.</summary>
    public static void SimdScale(float* x, SoftmaxTotals row, float factor, float* y, int count)
    {
        Vector512<float> max = Vector512.Create(row.Max);
        Vector512<float> inverse = Vector512.Create(row.Inverse);
        Vector512<float> share = Vector512.Create(1 / row.Sum);
        Vector512<float> factors = Vector512.Create(factor);
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            (Elementary.Exp((Vector512.Load(x + i) - max) * inverse) * share * factors).Store(y + i);
        }

        ScalarScale(new(x + i, count - i), row, factor, new(y + i, count - i));
    }
}

/// <summary>What the softmax of a row needs: max x, Σ e and Σ e · z at 1 / temperature = <paramref name="Inverse"/>.</summary>
internal readonly record struct SoftmaxTotals(float Max, float Sum, float Weighted, float Inverse)
{
    /// <summary>log p of a logit of the row.</summary>
    public float LogProb(float logit) => ((logit - Max) * Inverse) - Elementary.Log(Sum);

    /// <summary>−Σ p log p in nats.</summary>
    public float Entropy => Elementary.Log(Sum) - (Weighted / Sum);
}
