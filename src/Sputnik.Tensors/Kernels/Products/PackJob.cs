namespace Sputnik.Tensors;

/// <summary>Copies W [rows, cols] into panels of 32 of its rows (transposed) or of its columns.</summary>
internal readonly unsafe struct PackJob(float* w, int rows, int cols, bool byRow, float* panels) : IRangeJob
{
    /// <summary>Floats a thread should at least copy: some microseconds.</summary>
    public const int GrainFloats = 16_384;

    private const int Columns = PanelProduct.Columns;
    private const int Block = 4;

    /// <summary>Packs a range of panels.</summary>
    public void Run(int start, int end)
    {
        for (int panel = start; panel < end; panel++)
        {
            if (byRow)
            {
                FromRows(panel * Columns, panels + ((long)panel * cols * Columns));
            }
            else
            {
                FromColumns(panel * Columns, panels + ((long)panel * rows * Columns));
            }
        }
    }

    private void FromRows(int row, float* to)
    {
        int width = Math.Min(Columns, rows - row);
        float* from = w + ((long)row * cols);
        int whole = width == Columns ? cols - (cols % Block) : 0;
        for (int k = 0; k < whole; k += Block)
        {
            for (int lane = 0; lane < Columns; lane += Block)
            {
                Lanes.Transpose(from + ((long)lane * cols) + k, cols, to + ((long)k * Columns) + lane, Columns);
            }
        }

        for (int k = whole; k < cols; k++)
        {
            for (int lane = 0; lane < width; lane++)
            {
                to[((long)k * Columns) + lane] = from[((long)lane * cols) + k];
            }

            new Span<float>(to + ((long)k * Columns) + width, Columns - width).Clear();
        }
    }

    private void FromColumns(int column, float* to)
    {
        int width = Math.Min(Columns, cols - column);
        float* from = w + column;
        for (int k = 0; k < rows; k++, from += cols, to += Columns)
        {
            new ReadOnlySpan<float>(from, width).CopyTo(new(to, width));
            new Span<float>(to + width, Columns - width).Clear();
        }
    }
}
