namespace Sputnik.Tensors;

/// <summary>A matrix of float32 rows; one row is one token. It names memory in an arena and never owns it.</summary>
public readonly unsafe struct Tensor
{
    internal Tensor(float* data, int rows, int cols, int slot)
    {
        Data = data;
        Rows = rows;
        Cols = cols;
        Slot = slot;
    }

    /// <summary>Rows: tokens of the batch.</summary>
    public int Rows { get; }

    /// <summary>Columns: features of one token.</summary>
    public int Cols { get; }

    /// <summary>The values of one row. [Cols]</summary>
    public Span<float> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
            return new(Data + ((long)row * Cols), Cols);
        }
    }

    /// <summary>All values, row after row. [Rows · Cols]</summary>
    public Span<float> Span => new(Data, checked(Rows * Cols));

    /// <summary>First value; 64-byte aligned.</summary>
    internal float* Data { get; }

    /// <summary>Place in the tape's gradient table; 0 = not on a tape.</summary>
    internal int Slot { get; }

    internal long Count => (long)Rows * Cols;

    internal float* RowAt(int row) => Data + ((long)row * Cols);
}
