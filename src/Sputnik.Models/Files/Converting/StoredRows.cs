using System.Runtime.InteropServices;
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

    /// <summary>The format of a file in which nothing is to be lost: its own, if GGUF has it.</summary>
    public WeightFormat Natural { get; init; } = Format;

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

    /// <summary>The same values in float32.</summary>
    public StoredRows Decoded() => Format == WeightFormat.F32 ? this : this with
    {
        Format = WeightFormat.F32,
        Read = (row, to) =>
        {
            Span<float> values = MemoryMarshal.Cast<byte, float>(to);
            byte[] stored = new byte[checked(values.Length / Cols * RowBytes)];
            Read(row, stored);
            WeightFormats.Decode(Format, stored, values);
        },
    };

    /// <summary>One matrix of several.</summary>
    public StoredRows Matrix(int index)
    {
        long rows = Dimensions[1];
        Reader read = Read;
        return this with { Dimensions = [Dimensions[0], rows], Read = (row, to) => read((index * rows) + row, to) };
    }

    /// <summary>Matrices of one format and size behind each other.</summary>
    public static StoredRows Stack(string name, IReadOnlyList<StoredRows> matrices)
    {
        StoredRows first = matrices[0];
        if (matrices.FirstOrDefault(m => m.Format != first.Format || !m.Dimensions.SequenceEqual(first.Dimensions)) is { } other)
        {
            throw new InvalidDataException($"'{other.Name}' is {other.Format.Name()} [{string.Join(", ", other.Dimensions)}], the first of '{name}' is {first.Format.Name()} [{string.Join(", ", first.Dimensions)}].");
        }

        int bytes = first.RowBytes;
        return first with
        {
            Name = name,
            Dimensions = [.. first.Dimensions, matrices.Count],
            Read = (row, to) =>
            {
                while (to.Length > 0)
                {
                    (long matrix, long inside) = Math.DivRem(row, first.Rows);
                    int rows = (int)Math.Min(to.Length / bytes, first.Rows - inside);
                    matrices[(int)matrix].Read(inside, to[..(rows * bytes)]);
                    to = to[(rows * bytes)..];
                    row += rows;
                }
            },
        };
    }
}
