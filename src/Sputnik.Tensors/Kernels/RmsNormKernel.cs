using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>y[i] = x[i] · scale · gain[i], scale = 1 / √(mean(x²) + epsilon), over one vector of gain's length.</summary>
internal static unsafe class RmsNormKernel
{
    /// <summary>The definition. Tests hold <see cref="Simd"/> to it bit for bit.</summary>
    public static void Scalar(ReadOnlySpan<float> x, ReadOnlySpan<float> gain, float epsilon, Span<float> y)
    {
        float scale = Scale(DotKernel.Scalar(x, x), x.Length, epsilon);
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] * scale * gain[i];
        }
    }

    /// <summary>The same sixteen at a time.</summary>
    public static void Simd(float* x, float* gain, float epsilon, float* y, int count)
    {
        float scale = Scale(DotKernel.Simd(x, x, count), count, epsilon);
        Vector512<float> scales = Vector512.Create(scale);
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            (Vector512.Load(x + i) * scales * Vector512.Load(gain + i)).Store(y + i);
        }

        for (; i < count; i++)
        {
            y[i] = x[i] * scale * gain[i];
        }
    }

    /// <summary>1 / √(mean(x²) + epsilon) from the sum of squares.</summary>
    public static float Scale(float squares, int count, float epsilon) => 1 / MathF.Sqrt((squares / count) + epsilon);

    /// <summary>Normalises every vector of a matrix.</summary>
    public static void Forward(Workers workers, Tensor x, Weight gain, float epsilon, Tensor y) =>
        workers.Share(new Job(x.Data, gain.Data, epsilon, y.Data, gain.In), (int)(x.Count / gain.In), gain.In);

    private readonly struct Job(float* x, float* gain, float epsilon, float* y, int count) : IRangeJob
    {
        public void Run(int start, int end)
        {
            for (int vector = start; vector < end; vector++)
            {
                long at = (long)vector * count;
                Simd(x + at, gain, epsilon, y + at, count);
            }
        }
    }
}
