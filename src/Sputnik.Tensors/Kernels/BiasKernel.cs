namespace Sputnik.Tensors;

/// <summary>y[r, i] = x[r, i] + b[i], and back db[i] += Σᵣ dy[r, i] with r ascending: the chain starts from what db holds.</summary>
internal static unsafe class BiasKernel
{
    /// <summary>Adds the bias to every row.</summary>
    public static void Forward(Workers workers, Tensor x, Weight bias, Tensor y) =>
        workers.Share(new ForwardJob(x.Data, bias.Data, y.Data, y.Cols), y.Rows, y.Cols);

    /// <summary>Gathers the bias's gradient, shared by columns.</summary>
    public static void Gather(Workers workers, Tensor dy, Weight bias)
    {
        int blocks = (dy.Cols + Lanes.Width - 1) / Lanes.Width;
        workers.Share(new GatherJob(dy.Data, bias.GradData, dy.Rows, dy.Cols), blocks, (long)dy.Rows * Lanes.Width);
    }

    private readonly struct ForwardJob(float* x, float* bias, float* y, int cols) : IRangeJob
    {
        public void Run(int start, int end)
        {
            for (int row = start; row < end; row++)
            {
                AddKernel.Simd(x + ((long)row * cols), bias, y + ((long)row * cols), cols);
            }
        }
    }

    private readonly struct GatherJob(float* dy, float* db, int rows, int cols) : IRangeJob
    {
        public void Run(int start, int end)
        {
            int at = start * Lanes.Width;
            int count = Math.Min(end * Lanes.Width, cols) - at;
            for (int row = 0; row < rows; row++)
            {
                AddKernel.Simd(db + at, dy + ((long)row * cols) + at, db + at, count);
            }
        }
    }
}
