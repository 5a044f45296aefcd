using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>What a GGUF header says of a tensor, before it is known where its data begins.</summary>
internal sealed record GgufEntry(long At, string Name, long[] Dimensions, uint Type, ulong Offset)
{
    /// <summary>Bytes of the shortest entry: an empty name, one dimension, type and offset.</summary>
    public const int LeastBytes = 8 + 4 + 8 + 4 + 8;

    private const int MaxNameBytes = 1024;
    private const int MaxDimensions = 4;

    /// <summary>Reads the next entry.</summary>
    public static GgufEntry Read(GgufReader reader)
    {
        long at = reader.Offset;
        string name = reader.Text("a tensor's name");
        uint count = reader.UInt32();
        if (name.Length is 0 or > MaxNameBytes || count is 0 or > MaxDimensions)
        {
            throw reader.Wrong(at, $"a tensor needs a name of 1 to {MaxNameBytes} characters and 1 to {MaxDimensions} dimensions, this has {name.Length} and {count}");
        }

        long[] dimensions = new long[count];
        foreach (ref long dimension in dimensions.AsSpan())
        {
            ulong size = reader.UInt64();
            dimension = size is > 0 and <= int.MaxValue ? (long)size : throw reader.Wrong(at, $"'{name}' has a dimension of {size}");
        }

        return new(at, name, dimensions, reader.UInt32(), reader.UInt64());
    }

    /// <summary>The tensor in its file.</summary>
    public GgufTensor Place(MappedFile file, GgufReader reader, long data, long alignment)
    {
        WeightFormat format = GgufType.Format(Type, $"{file.Path}: '{Name}'");
        if (Dimensions[0] % format.BlockValues() != 0)
        {
            throw reader.Wrong(At, $"'{Name}' has rows of {Dimensions[0]}, {format.Name()} stores {format.BlockValues()} together");
        }

        Int128 bytes = format.RowBytes((int)Dimensions[0]);
        foreach (long dimension in Dimensions.AsSpan(1))
        {
            bytes *= dimension;
        }

        if (Offset % (ulong)alignment != 0 || Offset > long.MaxValue || (Int128)Offset + data + bytes > file.Length)
        {
            throw reader.Wrong(At, $"'{Name}' is {bytes} bytes at {Offset} of the data, which begins at {data} of {file.Length} and is aligned to {alignment}");
        }

        return new(Name, Dimensions, format, file.Part(data + (long)Offset, (long)bytes));
    }
}
