using System.Buffers;

namespace Sputnik.Tensors;

/// <summary>Rows stored in one format become rows in another, on all threads; the bytes of a row depend on that row alone.</summary>
public static unsafe class FormatConversion
{
    // Rows encoded by one call: enough that reading the importance again costs nothing beside the search.
    private const int RowsTogether = 8;

    /// <summary>Decodes and encodes whole rows. [rows · bytes of a row] → [rows · bytes of a row]</summary>
    /// <param name="from">How the rows are stored.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cols">Values of a row; whole blocks of both formats.</param>
    /// <param name="importance">How much an error counts in each column; empty where all count the same.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="to">How they are to be stored.</param>
    /// <param name="destination">The room for exactly their bytes.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, or a value is not one of the format's.</exception>
    public static void Convert(
        WeightFormat from, ReadOnlySpan<byte> rows, int cols, ReadOnlySpan<float> importance, Workers workers, WeightFormat to, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cols);
        long rowBytes = from.RowBytes(cols);
        int count = checked((int)(rows.Length / rowBytes));
        if (rows.Length != count * rowBytes || destination.Length != count * to.RowBytes(cols))
        {
            throw new ArgumentException($"{rows.Length} bytes are {count} rows of {rowBytes}, which take {count * to.RowBytes(cols)} in {to.Name()}; got room for {destination.Length}.", nameof(destination));
        }

        if (!importance.IsEmpty && importance.Length != cols)
        {
            throw new ArgumentException($"There is one importance a column, {cols}; got {importance.Length}.", nameof(importance));
        }

        fixed (byte* source = rows)
        fixed (float* weight = importance)
        fixed (byte* target = destination)
        {
            Job job = new(from, source, cols, weight, to, target);
            workers.Ranges(ref job, count, RowsTogether);
        }
    }

    private readonly struct Job(WeightFormat from, byte* source, int cols, float* importance, WeightFormat to, byte* target) : IRangeJob
    {
        public void Run(int start, int end)
        {
            float[] values = ArrayPool<float>.Shared.Rent(RowsTogether * cols);
            for (int row = start; row < end; row += RowsTogether)
            {
                int rows = Math.Min(RowsTogether, end - row);
                Span<float> decoded = values.AsSpan(0, rows * cols);
                WeightFormats.Decode(from, Rows(from, source, row, rows), decoded);
                WeightFormats.Encode(to, decoded, Rows(to, target, row, rows), new(importance, importance == null ? 0 : cols));
            }

            ArrayPool<float>.Shared.Return(values);
        }

        private Span<byte> Rows(WeightFormat format, byte* data, long row, int rows)
        {
            long bytes = format.RowBytes(cols);
            return new(data + (row * bytes), checked((int)(rows * bytes)));
        }
    }
}
