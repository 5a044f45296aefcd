using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>y[i] = a[i] + b[i]; y may be a, which is how gradients gather.</summary>
internal static unsafe class AddKernel
{
    /// <summary>y = a + b over whole matrices.</summary>
    public static void Forward(Workers workers, Tensor a, Tensor b, Tensor y) =>
        workers.Share(new Job(a.Data, b.Data, y.Data, y.Cols), y.Rows, y.Cols);

    /// <summary>dx += dy.</summary>
    public static void Gather(Workers workers, Tensor dy, Tensor dx) => Forward(workers, dx, dy, dx);

    /// <summary>The definition. Tests hold <see cref="Simd"/> to it bit for bit.</summary>
    public static void Scalar(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = a[i] + b[i];
        }
    }

    /// <summary>The same sixteen at a time.</summary>
    public static void Simd(float* a, float* b, float* y, long count)
    {
        long i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            (Vector512.Load(a + i) + Vector512.Load(b + i)).Store(y + i);
        }

        for (; i < count; i++)
        {
            y[i] = a[i] + b[i];
        }
    }

    private readonly struct Job(float* a, float* b, float* y, int cols) : IRangeJob
    {
        public void Run(int start, int end)
        {
            long at = (long)start * cols;
            Simd(a + at, b + at, y + at, (long)(end - start) * cols);
        }
    }
}
