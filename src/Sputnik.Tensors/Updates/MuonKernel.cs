using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// Muon on one weight: m = μ m + g′; u = g′ + μ m (Nesterov); O = orthogonalised u; w = keep · w − η O, with g′ = g · scale
/// and η = learning rate · √max(1, Out / In).
/// </summary>
internal static unsafe class MuonKernel
{
    // Jordan et al. add 1e-7 to the norm, so that a gradient of zeros stays zero.
    private const double NormEpsilon = 1e-7;

    /// <summary>Floats of scratch for a weight: Y, then what Newton–Schulz needs.</summary>
    public static long ScratchFloats(int @out, int @in)
    {
        (int rows, int cols) = (Math.Max(@out, @in), Math.Min(@out, @in));
        return NewtonSchulzKernel.YFloats(rows, cols) + NewtonSchulzKernel.ScratchFloats(rows, cols);
    }

    /// <summary>The step. The scratch belongs to the caller and may hold anything.</summary>
    public static void Run(in MuonView v, in MuonFactors f, float* scratch)
    {
        bool turned = v.Out < v.In;
        (int rows, int cols) = turned ? (v.In, v.Out) : (v.Out, v.In);
        int stride = NewtonSchulzKernel.Stride(cols);
        long floats = NewtonSchulzKernel.YFloats(rows, cols);
        float* y = scratch;
        float* rest = scratch + floats;

        Momentum(v, f, rest);
        double norm = Math.Sqrt(SquareSumKernel.Simd(rest, v.Count));
        new Span<float>(y, (int)floats).Clear();
        Spread(rest, (float)(1 / (norm + NormEpsilon)), y, v.Out, v.In, stride, turned);
        float* result = NewtonSchulzKernel.Simd(y, rows, cols, rest);
        Apply(v, f, result, stride, turned);
    }

    private static void Momentum(in MuonView v, in MuonFactors f, float* u)
    {
        Vector512<float> scale = Vector512.Create(f.GradientScale), mu = Vector512.Create(f.Momentum);
        int i = 0;
        for (; i + 16 <= v.Count; i += 16)
        {
            Vector512<float> d = Vector512.Load(v.Gradient + i) * scale;
            Vector512<float> m = Vector512.FusedMultiplyAdd(mu, Vector512.Load(v.Momentum + i), d);
            m.Store(v.Momentum + i);
            Vector512.FusedMultiplyAdd(mu, m, d).Store(u + i);
        }

        for (; i < v.Count; i++)
        {
            float d = v.Gradient[i] * f.GradientScale;
            v.Momentum[i] = MathF.FusedMultiplyAdd(f.Momentum, v.Momentum[i], d);
            u[i] = MathF.FusedMultiplyAdd(f.Momentum, v.Momentum[i], d);
        }
    }

    /// <summary>y = u · scale with the padded stride, on its side if <paramref name="turned"/>.</summary>
    private static void Spread(float* u, float scale, float* y, int @out, int @in, int stride, bool turned)
    {
        (int rowStep, int colStep) = turned ? (1, stride) : (stride, 1);
        for (int o = 0; o < @out; o++)
        {
            float* to = y + ((long)o * rowStep);
            for (int i = 0; i < @in; i++)
            {
                to[(long)i * colStep] = u[((long)o * @in) + i] * scale;
            }
        }
    }

    private static void Apply(in MuonView v, in MuonFactors f, float* result, int stride, bool turned)
    {
        (int rowStep, int colStep) = turned ? (1, stride) : (stride, 1);
        float rate = f.LearningRate * MathF.Sqrt(MathF.Max(1, (float)v.Out / v.In));
        for (int o = 0; o < v.Out; o++)
        {
            float* from = result + ((long)o * rowStep);
            float* w = v.Values + ((long)o * v.In);
            for (int i = 0; i < v.In; i++)
            {
                w[i] = MathF.FusedMultiplyAdd(f.Keep, w[i], -(rate * from[(long)i * colStep]));
            }
        }
    }
}
