using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class ImportanceTests
{
    private const int Cols = 1024;

    public static TheoryData<WeightFormat> Searched => [.. WeightFormats.All.Where(format => format.BlockValues() > 1)];

    [Theory]
    [MemberData(nameof(Searched))]
    public void It_lowers_the_error_where_it_lies(WeightFormat format)
    {
        float[] values = Seeded.Values(4 * Cols, seed: 1);
        float[] importance = Steep(seed: 2);

        double without = Error(format, values, [], importance);
        double with = Error(format, values, importance, importance);

        Assert.True(with < without, $"{with:F5} with it, {without:F5} without");
    }

    [Theory]
    [MemberData(nameof(Searched))]
    public void Columns_without_any_follow_their_neighbours(WeightFormat format)
    {
        // Both a block of 32 and a superblock lie wholly where nothing was seen.
        float[] values = Seeded.Values(4 * Cols, seed: 3);
        float[] importance = new float[Cols];
        Array.Fill(importance, 1, 0, Cols / 2);
        float[] unseen = [.. importance.Select(value => 1 - value)];

        double without = Error(format, values, [], unseen);
        double with = Error(format, values, importance, unseen);

        Assert.True(with <= 1.001 * without, $"{with:F5} with it, {without:F5} without");
    }

    [Theory]
    [MemberData(nameof(Searched))]
    public void Nothing_but_zeros_is_as_good_as_none(WeightFormat format)
    {
        float[] values = Seeded.Values(Cols, seed: 4);

        Bits.Equal(RoundTrip(format, values, []), RoundTrip(format, values, new float[Cols]));
    }

    [Theory]
    [MemberData(nameof(Searched))]
    public void One_column_that_outweighs_all_others_is_met_and_breaks_nothing(WeightFormat format)
    {
        float[] values = Seeded.Values(Cols, seed: 5);
        float[] importance = new float[Cols];
        Array.Fill(importance, 1e-10f);
        importance[700] = 1e10f;

        float[] decoded = RoundTrip(format, values, importance);

        Assert.All(decoded, value => Assert.True(float.IsFinite(value)));
        Assert.InRange(decoded[700] / values[700], format == WeightFormat.MXFP4 ? 0.8f : 0.98f, format == WeightFormat.MXFP4 ? 1.2f : 1.02f);
    }

    [Theory]
    [MemberData(nameof(Searched))]
    public void It_begins_anew_with_each_row(WeightFormat format)
    {
        float[] values = Seeded.Values(2 * Cols, seed: 6);
        float[] importance = Steep(seed: 7);

        float[] together = RoundTrip(format, values, importance);

        Bits.Equal(RoundTrip(format, values[..Cols], importance), together.AsSpan(0, Cols));
        Bits.Equal(RoundTrip(format, values[Cols..], importance), together.AsSpan(Cols));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(768)]
    [InlineData(4096)]
    public void A_count_that_is_no_row_of_blocks_is_refused(int count)
    {
        byte[] blocks = new byte[WeightFormat.Q4_K.RowBytes(2048)];

        ArgumentException error = Assert.Throws<ArgumentException>(() => WeightFormats.Encode(WeightFormat.Q4_K, new float[2048], blocks, new float[count]));

        Assert.Equal("importance", error.ParamName);
        Assert.Contains($"{count}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Anything_but_finite_numbers_from_zero_up_is_refused_by_place(float wrong)
    {
        float[] importance = new float[256];
        importance[77] = wrong;

        ArgumentException error = Assert.Throws<ArgumentException>(() => WeightFormats.Encode(WeightFormat.Q6_K, new float[256], new byte[210], importance));

        Assert.Equal("importance", error.ParamName);
        Assert.Contains("77", error.Message, StringComparison.Ordinal);
    }

    private static float[] Steep(ulong seed) => [.. Seeded.Values(Cols, seed).Select(value => value * value * value * value)];

    private static double Error(WeightFormat format, float[] values, float[] importance, float[] counted)
    {
        float[] decoded = RoundTrip(format, values, importance);
        return Math.Sqrt(values.Select((value, i) => (double)counted[i % Cols] * (value - decoded[i]) * (value - decoded[i])).Sum());
    }

    private static float[] RoundTrip(WeightFormat format, float[] values, float[] importance)
    {
        byte[] blocks = new byte[format.RowBytes(values.Length)];
        float[] decoded = new float[values.Length];
        WeightFormats.Encode(format, values, blocks, importance);
        WeightFormats.Decode(format, blocks, decoded);
        return decoded;
    }
}
