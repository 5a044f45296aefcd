using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>y[i] = (gate[i] · σ(gate[i])) · up[i].</summary>
internal static unsafe class SwiGluKernel
{
    // An exp and a division an element, in units of a plain value.
    private const int Cost = 6;

    /// <summary>y over whole matrices.</summary>
    public static void Forward(Workers workers, Tensor gate, Tensor up, Tensor y) =>
        workers.Share(new ForwardJob(gate.Data, up.Data, y.Data, y.Cols), y.Rows, (long)y.Cols * Cost);

    /// <summary>Adds to dgate and dup what dy says.</summary>
    public static void Backward(Workers workers, Tensor gate, Tensor up, Tensor dy, Tensor dgate, Tensor dup) =>
        workers.Share(
            new BackwardJob(gate.Data, up.Data, dy.Data, dgate.Data, dup.Data, dy.Cols), dy.Rows, (long)dy.Cols * Cost);

    /// <summary>The definition. Tests hold <see cref="Simd"/> to it bit for bit.</summary>
    public static void Scalar(ReadOnlySpan<float> gate, ReadOnlySpan<float> up, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = gate[i] * Elementary.Sigmoid(gate[i]) * up[i];
        }
    }

    /// <summary>dup += dy · gate σ; dgate += (dy · up) · σ (1 + gate (1 − σ)).</summary>
    public static void ScalarBackward(
        ReadOnlySpan<float> gate, ReadOnlySpan<float> up, ReadOnlySpan<float> dy, Span<float> dgate, Span<float> dup)
    {
        for (int i = 0; i < dy.Length; i++)
        {
            float sigmoid = Elementary.Sigmoid(gate[i]);
            dup[i] += dy[i] * (gate[i] * sigmoid);
            dgate[i] += dy[i] * up[i] * (sigmoid * MathF.FusedMultiplyAdd(gate[i], 1 - sigmoid, 1));
        }
    }

    /// <summary>The forward sixteen at a time.</summary>
    public static void Simd(float* gate, float* up, float* y, int count)
    {
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            Vector512<float> g = Vector512.Load(gate + i);
            (g * Elementary.Sigmoid(g) * Vector512.Load(up + i)).Store(y + i);
        }

        int rest = count - i;
        Scalar(new(gate + i, rest), new(up + i, rest), new(y + i, rest));
    }

    /// <summary>The backward sixteen at a time.</summary>
    public static void SimdBackward(float* gate, float* up, float* dy, float* dgate, float* dup, int count)
    {
        Vector512<float> one = Vector512.Create(1f);
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            Vector512<float> g = Vector512.Load(gate + i);
            Vector512<float> d = Vector512.Load(dy + i);
            Vector512<float> sigmoid = Elementary.Sigmoid(g);
            (Vector512.Load(dup + i) + (d * (g * sigmoid))).Store(dup + i);

            Vector512<float> slope = sigmoid * Vector512.FusedMultiplyAdd(g, one - sigmoid, one);
            (Vector512.Load(dgate + i) + (d * Vector512.Load(up + i) * slope)).Store(dgate + i);
        }

        int rest = count - i;
        ScalarBackward(new(gate + i, rest), new(up + i, rest), new(dy + i, rest), new(dgate + i, rest), new(dup + i, rest));
    }

    private readonly struct ForwardJob(float* gate, float* up, float* y, int cols) : IRangeJob
    {
        public void Run(int start, int end)
        {
            for (int row = start; row < end; row++)
            {
                long at = (long)row * cols;
                Simd(gate + at, up + at, y + at, cols);
            }
        }
    }

    private readonly struct BackwardJob(float* gate, float* up, float* dy, float* dgate, float* dup, int cols) : IRangeJob
    {
        public void Run(int start, int end)
        {
            for (int row = start; row < end; row++)
            {
                long at = (long)row * cols;
                SimdBackward(gate + at, up + at, dy + at, dgate + at, dup + at, cols);
            }
        }
    }
}
