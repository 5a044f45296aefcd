using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// g′ = g · scale; m = β₁ m + (1 − β₁) g′; v = β₂ v + (1 − β₂) g′²; w = keep · w − stepSize · m / (√v · rootCorrection + ε).
/// Every value by itself. Source: Loshchilov and Hutter, arXiv 1711.05101, algorithm 2.
/// </summary>
internal static unsafe class AdamWKernel
{
    /// <summary>The definition. Tests hold <see cref="Simd"/> to it bit for bit.</summary>
    public static void Scalar(Span<float> w, Span<float> m, Span<float> v, ReadOnlySpan<float> g, in AdamWFactors f)
    {
        for (int i = 0; i < w.Length; i++)
        {
            float d = g[i] * f.GradientScale;
            m[i] = MathF.FusedMultiplyAdd(f.Beta1, m[i], (1 - f.Beta1) * d);
            v[i] = MathF.FusedMultiplyAdd(f.Beta2, v[i], (1 - f.Beta2) * d * d);
            float root = MathF.FusedMultiplyAdd(MathF.Sqrt(v[i]), f.RootCorrection, f.Epsilon);
            w[i] = MathF.FusedMultiplyAdd(f.Keep, w[i], -(f.StepSize * m[i] / root));
        }
    }

    /// <summary>Sixteen values at a time, the rest by <see cref="Scalar"/>.</summary>
    public static void Simd(float* w, float* m, float* v, float* g, int count, in AdamWFactors f)
    {
        Vector512<float> scale = Vector512.Create(f.GradientScale);
        Vector512<float> beta1 = Vector512.Create(f.Beta1), rest1 = Vector512.Create(1 - f.Beta1);
        Vector512<float> beta2 = Vector512.Create(f.Beta2), rest2 = Vector512.Create(1 - f.Beta2);
        Vector512<float> step = Vector512.Create(f.StepSize), keep = Vector512.Create(f.Keep);
        Vector512<float> correction = Vector512.Create(f.RootCorrection), epsilon = Vector512.Create(f.Epsilon);
        int i = 0;
        for (; i + 16 <= count; i += 16)
        {
            Vector512<float> d = Vector512.Load(g + i) * scale;
            Vector512<float> mean = Vector512.FusedMultiplyAdd(beta1, Vector512.Load(m + i), rest1 * d);
            Vector512<float> square = Vector512.FusedMultiplyAdd(beta2, Vector512.Load(v + i), rest2 * d * d);
            Vector512<float> root = Vector512.FusedMultiplyAdd(Vector512.Sqrt(square), correction, epsilon);
            mean.Store(m + i);
            square.Store(v + i);
            Vector512.FusedMultiplyAdd(keep, Vector512.Load(w + i), -(step * mean / root)).Store(w + i);
        }

        int left = count - i;
        Scalar(new(w + i, left), new(m + i, left), new(v + i, left), new(g + i, left), f);
    }
}
