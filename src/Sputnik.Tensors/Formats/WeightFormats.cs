using System.Diagnostics.CodeAnalysis;

namespace Sputnik.Tensors;

/// <summary>Names, sizes and meaning of the storage formats of weights.</summary>
public static unsafe class WeightFormats
{
    /// <summary>Every format, in the order of the enumeration.</summary>
    public static IReadOnlyList<WeightFormat> All { get; } = Enum.GetValues<WeightFormat>();

    /// <summary>The format's name as model files and quantisers spell it: Q4_K; F8_E4M3 as safetensors does.</summary>
    public static string Name(this WeightFormat format) => format switch
    {
        WeightFormat.F8E4M3 => "F8_E4M3",
        _ when Enum.IsDefined(format) => format.ToString(),
        _ => throw Unknown(format),
    };

    /// <summary>Finds a format by its name, in capitals or not.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out WeightFormat format)
    {
        foreach (WeightFormat candidate in All)
        {
            if (string.Equals(candidate.Name(), name, StringComparison.OrdinalIgnoreCase))
            {
                format = candidate;
                return true;
            }
        }

        format = default;
        return false;
    }

    /// <summary>Neighbours of a row that are stored together.</summary>
    public static int BlockValues(this WeightFormat format) => SizesOf(format).Values;

    /// <summary>Bytes in which they are stored.</summary>
    public static int BlockBytes(this WeightFormat format) => SizesOf(format).Bytes;

    /// <summary>Bytes of a row of <paramref name="cols"/> values, which must be whole blocks.</summary>
    public static long RowBytes(this WeightFormat format, int cols)
    {
        (int values, int bytes) = SizesOf(format);
        ArgumentOutOfRangeException.ThrowIfNegative(cols);
        return cols % values == 0
            ? cols / values * (long)bytes
            : throw new ArgumentException($"{format.Name()} stores {values} values together, so a row of {cols} does not fit: take a multiple of {values}, or another format.", nameof(cols));
    }

    /// <summary>The values of whole blocks. [n · BlockBytes] → [n · BlockValues]</summary>
    public static void Decode(WeightFormat format, ReadOnlySpan<byte> blocks, Span<float> values)
    {
        (int blockValues, int blockBytes) = SizesOf(format);
        if (blocks.Length % blockBytes != 0)
        {
            throw new ArgumentException($"{format.Name()} blocks are {blockBytes} bytes each, got {blocks.Length} bytes, which is no multiple.", nameof(blocks));
        }

        long expected = blocks.Length / blockBytes * (long)blockValues;
        if (values.Length != expected)
        {
            throw new ArgumentException($"{blocks.Length} bytes of {format.Name()} are {expected} values, got room for {values.Length}.", nameof(values));
        }

        Decoding decoding = new(blocks, values);
        Apply(format, ref decoding);
    }

    /// <summary>
    /// Blocks whose values are near the given ones: Σ importance · (value − decoded)² is as small as a search finds it, the
    /// same bytes on every CPU. [n · BlockValues] → [n · BlockBytes]
    /// </summary>
    /// <param name="format">The format.</param>
    /// <param name="values">Whole rows of finite values; no row may end inside a block.</param>
    /// <param name="blocks">The room for exactly their blocks.</param>
    /// <param name="importance">How much an error counts in each column of a row; empty where all count the same.</param>
    public static void Encode(WeightFormat format, ReadOnlySpan<float> values, Span<byte> blocks, ReadOnlySpan<float> importance = default)
    {
        BlockEncoding encoding = new(format, values, importance, blocks);
        Apply(format, ref encoding);
    }

    /// <summary>The one place where a format known at run time becomes a type.</summary>
    internal static void Apply<TUse>(WeightFormat format, ref TUse use)
        where TUse : struct, IFormatUse, allows ref struct
    {
        switch (format)
        {
            case WeightFormat.F32: use.With<F32>(); break;
            case WeightFormat.F16: use.With<F16>(); break;
            case WeightFormat.BF16: use.With<Bf16>(); break;
            case WeightFormat.F8E4M3: use.With<F8E4M3>(); break;
            case WeightFormat.Q4_0: use.With<Q4_0>(); break;
            case WeightFormat.Q4_1: use.With<Q4_1>(); break;
            case WeightFormat.Q5_0: use.With<Q5_0>(); break;
            case WeightFormat.Q5_1: use.With<Q5_1>(); break;
            case WeightFormat.Q8_0: use.With<Q8_0>(); break;
            case WeightFormat.Q2_K: use.With<Q2_K>(); break;
            case WeightFormat.Q3_K: use.With<Q3_K>(); break;
            case WeightFormat.Q4_K: use.With<Q4_K>(); break;
            case WeightFormat.Q5_K: use.With<Q5_K>(); break;
            case WeightFormat.Q6_K: use.With<Q6_K>(); break;
            case WeightFormat.IQ4_NL: use.With<IQ4_NL>(); break;
            case WeightFormat.IQ4_XS: use.With<IQ4_XS>(); break;
            case WeightFormat.TQ1_0: use.With<TQ1_0>(); break;
            case WeightFormat.TQ2_0: use.With<TQ2_0>(); break;
            case WeightFormat.MXFP4: use.With<MXFP4>(); break;
            default: throw Unknown(format);
        }
    }

    private static (int Values, int Bytes) SizesOf(WeightFormat format)
    {
        Sizes sizes = default;
        Apply(format, ref sizes);
        return (sizes.Values, sizes.Bytes);
    }

    private static ArgumentOutOfRangeException Unknown(WeightFormat format) =>
        new(nameof(format), (int)format, $"There is no weight format {(int)format}; the last is {(int)WeightFormat.MXFP4}.");

    private struct Sizes : IFormatUse
    {
        public int Values;
        public int Bytes;

        public void With<TFormat>()
            where TFormat : unmanaged, IBlockFormat<TFormat>
        {
            Values = TFormat.BlockValues;
            Bytes = TFormat.BlockBytes;
        }
    }

    private readonly ref struct Decoding(ReadOnlySpan<byte> blocks, Span<float> values) : IFormatUse
    {
        private readonly ReadOnlySpan<byte> _blocks = blocks;
        private readonly Span<float> _values = values;

        public void With<TFormat>()
            where TFormat : unmanaged, IBlockFormat<TFormat>
        {
            fixed (byte* blocks = _blocks)
            fixed (float* values = _values)
            {
                float* value = values;
                byte* end = blocks + _blocks.Length;
                for (byte* block = blocks; block < end; block += TFormat.BlockBytes)
                {
                    TFormat.Decode(block, value);
                    value += TFormat.BlockValues;
                }
            }
        }
    }
}
