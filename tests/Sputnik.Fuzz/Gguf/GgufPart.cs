using Sputnik.Tensors;

namespace Sputnik.Fuzz;

/// <summary>A tensor of a draft: what the header says of it, and its bytes.</summary>
internal sealed class GgufPart
{
    /// <summary>Its name in bytes.</summary>
    public required byte[] Name { get; set; }

    /// <summary>Sizes, the contiguous one first.</summary>
    public required ulong[] Dimensions { get; set; }

    /// <summary>The number of its type.</summary>
    public required uint Type { get; set; }

    /// <summary>Its bytes.</summary>
    public required byte[] Data { get; set; }

    /// <summary>The offset that is written instead of the true one.</summary>
    public ulong? ClaimedOffset { get; set; }

    /// <summary>The count of dimensions that is written instead of the true one.</summary>
    public uint? ClaimedDimensions { get; set; }

    /// <summary>A tensor of seeded values in a format.</summary>
    public static GgufPart Of(string name, WeightFormat format, params long[] dimensions)
    {
        int cols = (int)dimensions[0];
        long rows = dimensions.Skip(1).Aggregate(1L, (a, b) => a * b);
        CounterRandom random = new(1, name);
        float[] values = new float[rows * cols];
        foreach (ref float value in values.AsSpan())
        {
            value = dimensions.Length == 1 ? 1 + (0.1f * random.NextNormal()) : random.NextNormal() / MathF.Sqrt(cols);
        }

        byte[] data = new byte[rows * format.RowBytes(cols)];
        WeightFormats.Encode(format, values, data);
        return new()
        {
            Name = System.Text.Encoding.UTF8.GetBytes(name),
            Dimensions = [.. dimensions.Select(d => (ulong)d)],
            Type = TypeOf(format),
            Data = data,
        };
    }

    /// <summary>The same tensor, to be damaged by itself; the bytes are shared until replaced.</summary>
    public GgufPart Copy() => new()
    {
        Name = Name,
        Dimensions = [.. Dimensions],
        Type = Type,
        Data = Data,
        ClaimedOffset = ClaimedOffset,
        ClaimedDimensions = ClaimedDimensions,
    };

    // Source: ggml.h, ggml_type; written again so that the reader's own table is not its judge.
    private static uint TypeOf(WeightFormat format) => format switch
    {
        WeightFormat.F32 => 0,
        WeightFormat.F16 => 1,
        WeightFormat.Q4_0 => 2,
        WeightFormat.Q8_0 => 8,
        WeightFormat.Q4_K => 12,
        WeightFormat.Q6_K => 14,
        WeightFormat.BF16 => 30,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No draft is written in it."),
    };
}
