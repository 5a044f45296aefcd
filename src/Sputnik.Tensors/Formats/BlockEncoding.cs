namespace Sputnik.Tensors;

/// <summary>Values into blocks of a format: the checks and the weights that every format shares.</summary>
internal readonly unsafe ref struct BlockEncoding(WeightFormat format, ReadOnlySpan<float> values, ReadOnlySpan<float> importance, Span<byte> blocks) : IFormatUse
{
    // What a column without any importance still counts, beside a mean one: its values then follow the block's scale
    // instead of nothing.
    private const double LeastImportance = 1e-6;

    private readonly ReadOnlySpan<float> _values = values;
    private readonly ReadOnlySpan<float> _importance = importance;
    private readonly Span<byte> _blocks = blocks;

    public void With<TFormat>()
        where TFormat : unmanaged, IBlockFormat<TFormat>
    {
        CheckSizes(format, _values, _importance, _blocks);
        CheckValues(format, _values, TFormat.Largest);
        float[] weights = _importance.IsEmpty ? Ones(TFormat.BlockValues) : Weights(_importance);
        fixed (float* value = _values)
        fixed (float* weight = weights)
        fixed (byte* block = _blocks)
        {
            byte* to = block;
            int column = 0;
            for (int at = 0; at < _values.Length; at += TFormat.BlockValues)
            {
                TFormat.Encode(value + at, weight + column, to);
                to += TFormat.BlockBytes;
                column += TFormat.BlockValues;
                column = column == weights.Length ? 0 : column;
            }
        }
    }

    private static void CheckSizes(WeightFormat format, ReadOnlySpan<float> values, ReadOnlySpan<float> importance, Span<byte> blocks)
    {
        int together = format.BlockValues();
        if (values.Length % together != 0)
        {
            throw new ArgumentException($"{format.Name()} stores {together} values together, got {values.Length}, which is no multiple.", nameof(values));
        }

        long bytes = format.RowBytes(values.Length);
        if (blocks.Length != bytes)
        {
            throw new ArgumentException($"{values.Length} values are {bytes} bytes of {format.Name()}, got room for {blocks.Length}.", nameof(blocks));
        }

        if (!importance.IsEmpty && (importance.Length % together != 0 || values.Length % importance.Length != 0))
        {
            throw new ArgumentException($"There is one importance a column, so their count is a multiple of {together} and divides {values.Length}; got {importance.Length}.", nameof(importance));
        }
    }

    private static void CheckValues(WeightFormat format, ReadOnlySpan<float> values, float largest)
    {
        for (int i = 0; i < values.Length; i++)
        {
            // Written so that NaN fails it too.
            if (!(MathF.Abs(values[i]) <= largest))
            {
                throw new ArgumentException($"Value {i} is {values[i]:R}; {format.Name()} takes finite values up to ±{largest:R}.", nameof(values));
            }
        }
    }

    private static float[] Ones(int count)
    {
        float[] ones = new float[count];
        Array.Fill(ones, 1);
        return ones;
    }

    /// <summary>The importances with a mean of 1 and a floor; ones where all are zero.</summary>
    private static float[] Weights(ReadOnlySpan<float> importance)
    {
        double mean = 0;
        for (int i = 0; i < importance.Length; i++)
        {
            if (!(importance[i] >= 0) || float.IsInfinity(importance[i]))
            {
                throw new ArgumentException($"Importance {i} is {importance[i]:R}; it must be finite and not negative.", nameof(importance));
            }

            mean += importance[i] / (double)importance.Length;
        }

        float[] weights = new float[importance.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = mean > 0 ? (float)((importance[i] / mean) + LeastImportance) : 1;
        }

        return weights;
    }
}
