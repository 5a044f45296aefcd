namespace Sputnik.Tensors;

/// <summary>y[r] = log softmax(logits[r] · inverse)[targets[r]] and its way back to the logits.</summary>
internal static unsafe class LogProbKernel
{
    // A maximum, an exp and two sums an element, in units of a plain value.
    private const int Cost = 6;

    /// <summary>The log-probability of each row's target.</summary>
    public static void Forward(Workers workers, Tensor logits, int* targets, float inverse, float* y) =>
        workers.Share(new ForwardJob(logits, targets, inverse, y), logits.Rows, (long)logits.Cols * Cost);

    /// <summary>logits[r] becomes dy[r] · (1[target] − p[r]) · inverse.</summary>
    public static void Backward(Workers workers, Tensor logits, int* targets, float inverse, float* dy) =>
        workers.Share(new BackwardJob(logits, targets, inverse, dy), logits.Rows, (long)logits.Cols * 2 * Cost);

    private readonly struct ForwardJob(Tensor logits, int* targets, float inverse, float* y) : IRangeJob
    {
        public void Run(int start, int end)
        {
            for (int row = start; row < end; row++)
            {
                float* x = logits.RowAt(row);
                y[row] = SoftmaxKernel.Simd(x, logits.Cols, inverse).LogProb(x[targets[row]]);
            }
        }
    }

    private readonly struct BackwardJob(Tensor logits, int* targets, float inverse, float* dy) : IRangeJob
    {
        public void Run(int start, int end)
        {
            for (int row = start; row < end; row++)
            {
                float* x = logits.RowAt(row);
                float gradient = dy[row] * inverse;
                SoftmaxTotals totals = SoftmaxKernel.Simd(x, logits.Cols, inverse);
                SoftmaxKernel.SimdScale(x, totals, -gradient, x, logits.Cols);
                x[targets[row]] += gradient;
            }
        }
    }
}
