using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class WeightFormatsTests
{
    public static TheoryData<WeightFormat> Formats => [.. WeightFormats.All];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_name_leads_back_to_its_format(WeightFormat format)
    {
        Assert.True(WeightFormats.TryParse(format.Name(), out WeightFormat found));
        Assert.Equal(format, found);
        Assert.True(WeightFormats.TryParse(format.Name().ToLowerInvariant(), out found));
        Assert.Equal(format, found);
    }

    [Theory]
    [InlineData(WeightFormat.Q4_K, "Q4_K")]
    [InlineData(WeightFormat.BF16, "BF16")]
    [InlineData(WeightFormat.IQ4_NL, "IQ4_NL")]
    [InlineData(WeightFormat.F8E4M3, "F8_E4M3")]
    public void A_name_is_spelt_as_the_field_spells_it(WeightFormat format, string name) => Assert.Equal(name, format.Name());

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("Q4_K_M")]
    [InlineData("Q4K")]
    public void Other_names_are_no_format(string? name) => Assert.False(WeightFormats.TryParse(name, out _));

    [Fact]
    public void A_row_that_is_not_whole_blocks_is_refused_by_name_and_length()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => WeightFormat.Q4_K.RowBytes(896));

        Assert.Contains("Q4_K", error.Message, StringComparison.Ordinal);
        Assert.Contains("896", error.Message, StringComparison.Ordinal);
        Assert.Contains("256", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_longer_than_2_GiB_has_its_size() => Assert.Equal(4L * int.MaxValue, WeightFormat.F32.RowBytes(int.MaxValue));

    [Theory]
    [InlineData(19)]
    [InlineData(-1)]
    public void A_number_that_is_no_format_is_refused(int number)
    {
        WeightFormat format = (WeightFormat)number;

        Assert.Throws<ArgumentOutOfRangeException>(() => format.Name());
        Assert.Throws<ArgumentOutOfRangeException>(() => format.BlockBytes());
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightFormats.Decode(format, [], []));
    }

    [Theory]
    [InlineData(17, 32)]
    [InlineData(18, 31)]
    [InlineData(18, 64)]
    [InlineData(0, 1)]
    public void Bytes_and_values_that_do_not_match_are_refused(int bytes, int values) =>
        Assert.Throws<ArgumentException>(() => WeightFormats.Decode(WeightFormat.Q4_0, new byte[bytes], new float[values]));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Any_bytes_decode_and_a_block_means_the_same_anywhere(WeightFormat format)
    {
        const int Count = 64;
        byte[] blocks = new byte[Count * format.BlockBytes()];
        float[] values = new float[Count * format.BlockValues()];
        float[] alone = new float[format.BlockValues()];
        CounterRandom random = new(1, format.Name());
        foreach (ref byte at in blocks.AsSpan())
        {
            at = (byte)random.NextUInt32();
        }

        WeightFormats.Decode(format, blocks, values);

        for (int block = 0; block < Count; block++)
        {
            WeightFormats.Decode(format, blocks.AsSpan(block * format.BlockBytes(), format.BlockBytes()), alone);
            Bits.Equal(alone, values.AsSpan(block * alone.Length, alone.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void No_values_are_no_bytes(WeightFormat format)
    {
        WeightFormats.Encode(format, [], []);
        WeightFormats.Decode(format, [], []);

        Assert.Equal(0, format.RowBytes(0));
        Assert.Throws<ArgumentException>(() => WeightFormats.Encode(format, [], new byte[1]));
    }

    [Theory]
    [InlineData(WeightFormat.Q4_K, float.NaN)]
    [InlineData(WeightFormat.Q8_0, float.PositiveInfinity)]
    [InlineData(WeightFormat.F32, float.NegativeInfinity)]
    [InlineData(WeightFormat.F16, 65520f)]
    [InlineData(WeightFormat.F8E4M3, -449f)]
    [InlineData(WeightFormat.Q6_K, -70000f)]
    [InlineData(WeightFormat.MXFP4, 3e38f)]
    public void A_value_that_a_format_cannot_hold_is_refused_by_name_and_place(WeightFormat format, float value)
    {
        float[] values = new float[512];
        values[300] = value;
        byte[] blocks = new byte[format.RowBytes(512)];

        ArgumentException error = Assert.Throws<ArgumentException>(() => WeightFormats.Encode(format, values, blocks));

        Assert.Contains(format.Name(), error.Message, StringComparison.Ordinal);
        Assert.Contains("300", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(31, 18)]
    [InlineData(64, 18)]
    [InlineData(32, 19)]
    public void Values_and_room_that_do_not_match_are_refused(int values, int bytes) =>
        Assert.Throws<ArgumentException>(() => WeightFormats.Encode(WeightFormat.Q4_0, new float[values], new byte[bytes]));
}
