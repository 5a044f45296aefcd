using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// The way back through <see cref="RmsNormKernel"/>, t = dy · gain:
/// dx[i] += t[i] · scale − x[i] · scale³ / n · Σ t x, and dgain[i] += Σ dy[i] · (x[i] · scale) over vectors in ascending order.
/// </summary>
internal static unsafe class RmsNormGradient
{
    /// <summary>The input's gradient, defined; returns the scale of the vector.</summary>
    public static float Scalar(ReadOnlySpan<float> x, ReadOnlySpan<float> gain, float epsilon, ReadOnlySpan<float> dy, Span<float> dx)
    {
        Span<float> lanes = stackalloc float[Lanes.Width];
        lanes.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            lanes[i % Lanes.Width] = MathF.FusedMultiplyAdd(dy[i] * gain[i], x[i], lanes[i % Lanes.Width]);
        }

        float scale = RmsNormKernel.Scale(DotKernel.Scalar(x, x), x.Length, epsilon);
        float pull = Pull(scale, Lanes.Sum(lanes), x.Length);
        for (int i = 0; i < x.Length; i++)
        {
            dx[i] += MathF.FusedMultiplyAdd(x[i], pull, dy[i] * gain[i] * scale);
        }

        return scale;
    }

    /// <summary>The same sixteen at a time.</summary>
    public static float Simd(float* x, float* gain, float epsilon, float* dy, float* dx, int count)
    {
        float scale = RmsNormKernel.Scale(DotKernel.Simd(x, x, count), count, epsilon);
        float pull = Pull(scale, Product(dy, gain, x, count), count);
        Vector512<float> scales = Vector512.Create(scale);
        Vector512<float> pulls = Vector512.Create(pull);
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            Vector512<float> straight = Vector512.Load(dy + i) * Vector512.Load(gain + i) * scales;
            (Vector512.Load(dx + i) + Vector512.FusedMultiplyAdd(Vector512.Load(x + i), pulls, straight)).Store(dx + i);
        }

        for (; i < count; i++)
        {
            dx[i] += MathF.FusedMultiplyAdd(x[i], pull, dy[i] * gain[i] * scale);
        }

        return scale;
    }

    /// <summary>dgain of one vector, defined.</summary>
    public static void ScalarGain(ReadOnlySpan<float> x, float scale, ReadOnlySpan<float> dy, Span<float> dgain)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dgain[i] = MathF.FusedMultiplyAdd(dy[i], x[i] * scale, dgain[i]);
        }
    }

    /// <summary>The same sixteen at a time.</summary>
    public static void SimdGain(float* x, float scale, float* dy, float* dgain, int count)
    {
        Vector512<float> scales = Vector512.Create(scale);
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            Vector512<float> normal = Vector512.Load(x + i) * scales;
            Vector512.FusedMultiplyAdd(Vector512.Load(dy + i), normal, Vector512.Load(dgain + i)).Store(dgain + i);
        }

        for (; i < count; i++)
        {
            dgain[i] = MathF.FusedMultiplyAdd(dy[i], x[i] * scale, dgain[i]);
        }
    }

    /// <summary>dx of a matrix; leaves each vector's scale in <paramref name="scales"/>.</summary>
    public static void Input(Workers workers, Tensor x, Weight gain, float epsilon, Tensor dy, Tensor dx, float* scales) =>
        workers.Share(
            new InputJob(x.Data, gain.Data, epsilon, dy.Data, dx.Data, scales, gain.In), (int)(x.Count / gain.In), 2L * gain.In);

    /// <summary>dgain of a matrix: shared by columns, so every column stays one chain.</summary>
    public static void Gain(Workers workers, Tensor x, float* scales, Tensor dy, Weight gain)
    {
        int vectors = (int)(x.Count / gain.In);
        int blocks = (gain.In + Lanes.Width - 1) / Lanes.Width;
        workers.Share(new GainJob(x.Data, scales, dy.Data, gain.GradData, gain.In, vectors), blocks, (long)vectors * Lanes.Width);
    }

    private static float Pull(float scale, float product, int count) => -(scale * scale * scale * (product / count));

    private static float Product(float* dy, float* gain, float* x, int count)
    {
        Vector512<float> sum = default;
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(dy + i) * Vector512.Load(gain + i), Vector512.Load(x + i), sum);
        }

        if (i < count)
        {
            int rest = count - i;
            Vector512<float> t = Lanes.Tail(dy + i, rest) * Lanes.Tail(gain + i, rest);
            Vector512<float> tail = Vector512.FusedMultiplyAdd(t, Lanes.Tail(x + i, rest), sum);
            sum = Vector512.ConditionalSelect(Lanes.First(rest), tail, sum);
        }

        return Lanes.Sum(sum);
    }

    private readonly struct InputJob(float* x, float* gain, float epsilon, float* dy, float* dx, float* scales, int count) : IRangeJob
    {
        public void Run(int start, int end)
        {
            for (int vector = start; vector < end; vector++)
            {
                long at = (long)vector * count;
                scales[vector] = Simd(x + at, gain, epsilon, dy + at, dx + at, count);
            }
        }
    }

    private readonly struct GainJob(float* x, float* scales, float* dy, float* dgain, int cols, int vectors) : IRangeJob
    {
        public void Run(int start, int end)
        {
            int at = start * Lanes.Width;
            int count = Math.Min(end * Lanes.Width, cols) - at;
            for (int vector = 0; vector < vectors; vector++)
            {
                long place = ((long)vector * cols) + at;
                SimdGain(x + place, scales[vector], dy + place, dgain + at, count);
            }
        }
    }
}
