using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Writes tensors a part at a time: memory for some megabytes, whatever the model.</summary>
/// <param name="workers">The threads that encode.</param>
/// <param name="read">Told how many stored bytes were read, after each part.</param>
/// <param name="cancellation">Ends the writing between two parts.</param>
internal sealed class RowWriter(Workers workers, Action<long>? read, CancellationToken cancellation)
{
    // Large enough to keep many threads busy, small beside any model.
    private const int PartBytes = 16 << 20;

    /// <summary>The tensor in <paramref name="format"/>.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="format">How it is to be stored.</param>
    /// <param name="importance">Of each column, for all matrices one after the other; null where there is none.</param>
    /// <param name="stream">Where to.</param>
    public void Write(StoredRows tensor, WeightFormat format, float[]? importance, Stream stream)
    {
        long perMatrix = tensor.Dimensions.Count > 1 ? tensor.Dimensions[1] : 1;
        long target = format.RowBytes(tensor.Cols);
        int most = (int)Math.Clamp(PartBytes / Math.Max(tensor.RowBytes, target), 1, int.MaxValue);
        byte[] from = new byte[checked((int)(Math.Min(most, tensor.Rows) * tensor.RowBytes))];
        byte[] to = format == tensor.Format ? [] : new byte[checked((int)(Math.Min(most, tensor.Rows) * target))];
        for (long row = 0; row < tensor.Rows;)
        {
            cancellation.ThrowIfCancellationRequested();
            long matrix = row / perMatrix;

            // Each matrix has importances of its own.
            int rows = (int)Math.Min(most, (importance is null ? tensor.Rows : (matrix + 1) * perMatrix) - row);
            Span<byte> part = from.AsSpan(0, rows * tensor.RowBytes);
            tensor.Read(row, part);
            if (format != tensor.Format)
            {
                Span<byte> encoded = to.AsSpan(0, (int)(rows * target));
                Encode(tensor, part, importance is null ? default : importance.AsSpan((int)(matrix * tensor.Cols), tensor.Cols), format, encoded);
                stream.Write(encoded);
            }
            else
            {
                stream.Write(part);
            }

            row += rows;
            read?.Invoke(part.Length);
        }
    }

    private void Encode(StoredRows tensor, ReadOnlySpan<byte> rows, ReadOnlySpan<float> importance, WeightFormat format, Span<byte> to)
    {
        try
        {
            FormatConversion.Convert(tensor.Format, rows, tensor.Cols, importance, workers, format, to);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"'{tensor.Name}' cannot be stored in {format.Name()}: {error.Message}", error);
        }
    }
}
