using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>A tensor to be written, read by rows so that it need never be in memory whole.</summary>
/// <param name="Name">Its name in the file to come.</param>
/// <param name="Dimensions">Sizes, the contiguous one first.</param>
/// <param name="Format">How its rows are stored.</param>
/// <param name="Read">Copies rows in that format: from the given one on, as many as fit exactly.</param>
internal sealed record StoredRows(string Name, IReadOnlyList<long> Dimensions, WeightFormat Format, StoredRows.Reader Read)
{
    /// <summary>Copies whole rows, the first one given.</summary>
    public delegate void Reader(long row, Span<byte> to);

    /// <summary>Values of a row.</summary>
    public int Cols => checked((int)Dimensions[0]);

    /// <summary>Rows of all matrices together.</summary>
    public long Rows => Dimensions.Skip(1).Aggregate(1L, (a, b) => a * b);

    /// <summary>Bytes of a row as it is stored.</summary>
    public int RowBytes => checked((int)Format.RowBytes(Cols));

    /// <summary>Bytes it takes as it is stored.</summary>
    public long Bytes => Rows * RowBytes;

    /// <summary>A tensor whose rows lie one after the other.</summary>
    public static StoredRows Of(string name, IReadOnlyList<long> dimensions, WeightFormat format, StoredBytes stored)
    {
        long bytes = format.RowBytes(checked((int)dimensions[0]));
        return new(name, dimensions, format, (row, to) => stored.CopyTo(row * bytes, to));
    }

    /// <summary>Row r of the tensor is row <paramref name="from"/>(r) of this one.</summary>
    public StoredRows Reordered(Func<long, long> from)
    {
        int bytes = RowBytes;
        Reader read = Read;
        return this with
        {
            Read = (row, to) =>
            {
                for (int i = 0; i < to.Length / bytes; i++)
                {
                    read(from(row + i), to.Slice(i * bytes, bytes));
                }
            },
        };
    }
}
