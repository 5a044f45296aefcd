using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class DecodeTests
{
    public static TheoryData<WeightFormat> Goldens => [.. GoldenBlocks.Formats];

    [Theory]
    [MemberData(nameof(Goldens))]
    public void It_means_what_ggml_means_to_the_bit(WeightFormat format)
    {
        float[] expected = GoldenBlocks.Values(format);
        float[] values = new float[expected.Length];

        WeightFormats.Decode(format, GoldenBlocks.Blocks(format), values);

        Bits.Equal(expected, values);
    }

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Its_sizes_are_those_of_ggml(WeightFormat format)
    {
        (int values, int bytes, int rowBytes, _) = GoldenBlocks.Figures(format);

        Assert.Equal((values, bytes, rowBytes), (format.BlockValues(), format.BlockBytes(), format.RowBytes(GoldenBlocks.Cols)));
    }

    [Theory]
    [MemberData(nameof(Goldens))]
    public void The_figures_are_the_plain_relative_error(WeightFormat format)
    {
        double error = GoldenBlocks.Error(GoldenBlocks.Source(), GoldenBlocks.Values(format));

        Assert.Equal(GoldenBlocks.Figures(format).Error, error, 2e-6);
    }
}
