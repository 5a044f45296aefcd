using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class EncodeTests
{
    private const int Cols = 1024;

    public static TheoryData<WeightFormat> Formats => [.. WeightFormats.All];

    public static TheoryData<WeightFormat> Quantised => [.. Searched];

    public static TheoryData<WeightFormat> Goldens => [.. GoldenBlocks.Formats];

    private static IEnumerable<WeightFormat> Searched => WeightFormats.All.Where(format => format.BlockValues() > 1);

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Its_error_is_at_most_that_of_ggml(WeightFormat format)
    {
        float[] source = GoldenBlocks.Source();

        double error = GoldenBlocks.Error(source, RoundTrip(format, source));

        // ggml's own figures have six digits.
        Assert.True(error <= GoldenBlocks.Figures(format).Error + 5e-7, $"{error:F6}");
    }

    [Theory]
    [InlineData(WeightFormat.F16)]
    [InlineData(WeightFormat.BF16)]
    public void Half_floats_are_the_bytes_of_ggml(WeightFormat format)
    {
        byte[] expected = GoldenBlocks.Blocks(format);
        byte[] blocks = new byte[expected.Length];

        WeightFormats.Encode(format, GoldenBlocks.Source(), blocks);

        Assert.Equal(expected, blocks);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Zeros_decode_to_zeros(WeightFormat format)
    {
        float[] zeros = new float[2 * format.BlockValues()];

        Bits.Equal(zeros, RoundTrip(format, zeros));
    }

    [Theory]
    [MemberData(nameof(Quantised))]
    public void Encoding_again_costs_little(WeightFormat format)
    {
        float[] values = Seeded.Values(8 * Cols, seed: 1);
        float[] once = RoundTrip(format, values);

        double again = GoldenBlocks.Error(once, RoundTrip(format, once));

        // Where a block uses few of its codes, or whole numbers scale its parts, others may come out.
        double first = GoldenBlocks.Error(values, once);
        Assert.True(again <= 0.25 * first, $"{again:E2} after {first:E2}");
    }

    [Theory]
    [InlineData(WeightFormat.TQ1_0)]
    [InlineData(WeightFormat.TQ2_0)]
    public void Ternary_weights_come_back_to_the_bit(WeightFormat format)
    {
        float[] values = [.. Seeded.Values(Cols, seed: 2).Select(value => MathF.Round(Math.Clamp(value, -1, 1)) * 0.375f)];

        Assert.Equal(values, RoundTrip(format, values));
    }

    [Theory]
    [MemberData(nameof(Quantised))]
    public void Values_that_are_all_the_same_keep_their_size(WeightFormat format)
    {
        foreach (float value in (float[])[3, -3, 0.01f, 1000])
        {
            float[] values = new float[format.BlockValues()];
            Array.Fill(values, value);

            // E2M1 has nothing between 2 and 3, or 4 and 6, times a power of two.
            float tolerance = format == WeightFormat.MXFP4 ? 0.2f : 0.02f;
            Assert.All(RoundTrip(format, values), decoded => Assert.InRange(decoded / value, 1 - tolerance, 1 + tolerance));
        }
    }

    [Theory]
    [MemberData(nameof(Quantised))]
    public void The_largest_values_stay_finite(WeightFormat format)
    {
        float[] values = [.. Seeded.Values(Cols, seed: 3).Select(value => Math.Clamp(value, -1, 1) * F16.Largest)];

        Assert.All(RoundTrip(format, values), decoded => Assert.True(float.IsFinite(decoded)));
    }

    [Theory]
    [MemberData(nameof(Quantised))]
    public void Small_weights_lose_little_more_than_others(WeightFormat format)
    {
        float[] values = Seeded.Values(8 * Cols, seed: 4);
        float[] small = [.. values.Select(value => value / 1024)];

        double error = GoldenBlocks.Error(values, RoundTrip(format, values));
        double errorOfSmall = GoldenBlocks.Error(small, RoundTrip(format, small));

        // Q6_K's unit is a subnormal binary16 here.
        Assert.True(errorOfSmall < 1.1 * error, $"{errorOfSmall:F5} of {error:F5}");
    }

    [Theory]
    [InlineData(WeightFormat.F32, "c2425593e1abd3ac")]
    [InlineData(WeightFormat.F16, "94cfca9d24041ec0")]
    [InlineData(WeightFormat.BF16, "0cbec756fe8472ac")]
    [InlineData(WeightFormat.Q4_0, "e490764e681c7d45")]
    [InlineData(WeightFormat.Q4_1, "2064f6c2a5d0f4e1")]
    [InlineData(WeightFormat.Q5_0, "c4a8619f2cc77d8e")]
    [InlineData(WeightFormat.Q5_1, "4d457efa6c9d838f")]
    [InlineData(WeightFormat.Q8_0, "b72e9d0e6cfd7f7c")]
    [InlineData(WeightFormat.Q2_K, "388eaaa5c0c43d94")]
    [InlineData(WeightFormat.Q3_K, "70913a5cfffd0118")]
    [InlineData(WeightFormat.Q4_K, "f81ff8a5e20b7cf8")]
    [InlineData(WeightFormat.Q5_K, "269fc2b642093658")]
    [InlineData(WeightFormat.Q6_K, "c392a53961a07bea")]
    [InlineData(WeightFormat.IQ4_NL, "5704bce9b309e64f")]
    [InlineData(WeightFormat.IQ4_XS, "67bd4ec16ff22434")]
    [InlineData(WeightFormat.TQ1_0, "477ba74e8d749d00")]
    [InlineData(WeightFormat.TQ2_0, "d587ff33dd2b6061")]
    [InlineData(WeightFormat.MXFP4, "147a3cdc8cdf8a35")]
    public void Its_bytes_are_the_same_on_every_CPU(WeightFormat format, string expected)
    {
        float[] values = Seeded.Values(4 * Cols, seed: 5);
        byte[] blocks = new byte[format.RowBytes(values.Length)];

        WeightFormats.Encode(format, values, blocks, Importance());

        Assert.Equal(expected, Hash(blocks));
    }

    private static string Hash(byte[] bytes) =>
        $"{bytes.Aggregate(14695981039346656037, (hash, value) => (hash ^ value) * 1099511628211):x16}";

    private static float[] Importance() => [.. Seeded.Values(Cols, seed: 6).Select(value => value * value * value * value)];

    private static float[] RoundTrip(WeightFormat format, float[] values)
    {
        byte[] blocks = new byte[format.RowBytes(values.Length)];
        float[] decoded = new float[values.Length];
        WeightFormats.Encode(format, values, blocks);
        WeightFormats.Decode(format, blocks, decoded);
        return decoded;
    }
}
