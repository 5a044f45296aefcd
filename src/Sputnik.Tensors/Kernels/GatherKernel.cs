namespace Sputnik.Tensors;

/// <summary>Rows by number: y[i] = x[index[i]], and back dx[index[i]] += dy[i] with i ascending.</summary>
internal static unsafe class GatherKernel
{
    /// <summary>Copies the rows asked.</summary>
    public static void Forward(Workers workers, float* x, int* index, Tensor y) =>
        workers.Share(new ForwardJob(x, index, y.Data, y.Cols), y.Rows, y.Cols);

    /// <summary>Copies the rows asked of a weight; of a frozen one it decodes them where they are stored.</summary>
    public static void Forward(Workers workers, Weight table, int* index, Tensor y)
    {
        if (!table.HasStoredRows)
        {
            Forward(workers, table.Data, index, y);
        }
        else
        {
            workers.Share(new DecodeJob(table.Stored, table.Format, index, y.Data, y.Cols), y.Rows, y.Cols);
        }
    }

    /// <summary>Adds every row of dy where it came from: shared by columns, so a row asked twice stays one chain.</summary>
    public static void Backward(Workers workers, Tensor dy, int* index, float* dx)
    {
        int blocks = (dy.Cols + Lanes.Width - 1) / Lanes.Width;
        workers.Share(new BackwardJob(dy.Data, index, dx, dy.Rows, dy.Cols), blocks, (long)dy.Rows * Lanes.Width);
    }

    private readonly struct ForwardJob(float* x, int* index, float* y, int cols) : IRangeJob
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                new ReadOnlySpan<float>(x + ((long)index[i] * cols), cols).CopyTo(new(y + ((long)i * cols), cols));
            }
        }
    }

    private readonly struct DecodeJob(byte* stored, WeightFormat format, int* index, float* y, int cols) : IRangeJob
    {
        public void Run(int start, int end)
        {
            int rowBytes = checked((int)format.RowBytes(cols));
            for (int i = start; i < end; i++)
            {
                WeightFormats.Decode(format, new(stored + ((long)index[i] * rowBytes), rowBytes), new(y + ((long)i * cols), cols));
            }
        }
    }

    private readonly struct BackwardJob(float* dy, int* index, float* dx, int rows, int cols) : IRangeJob
    {
        public void Run(int start, int end)
        {
            int at = start * Lanes.Width;
            int count = Math.Min(end * Lanes.Width, cols) - at;
            for (int i = 0; i < rows; i++)
            {
                float* into = dx + ((long)index[i] * cols) + at;
                AddKernel.Simd(into, dy + ((long)i * cols) + at, into, count);
            }
        }
    }
}
