using Sputnik.Cli;

namespace Sputnik.Tests.Cli;

public sealed class SparklineTests
{
    [Fact]
    public void It_goes_from_the_least_to_the_greatest() => Assert.Equal("▁▂▃▄▅▆▇█", Sparkline.Of([0, 1, 2, 3, 4, 5, 6, 7], 20));

    [Fact]
    public void More_values_than_columns_are_averaged() => Assert.Equal("▁█", Sparkline.Of([0, 2, 10, 12], 2));

    [Fact]
    public void What_does_not_move_lies_at_the_bottom() => Assert.Equal("▁▁▁", Sparkline.Of([5, 5, 5], 10));

    [Fact]
    public void What_is_not_finite_is_left_out() => Assert.Equal("▁█", Sparkline.Of([double.NaN, 1, double.PositiveInfinity, 2], 10));

    [Fact]
    public void Nothing_is_nothing() => Assert.Equal("", Sparkline.Of([], 10));

    [Fact]
    public void A_series_keeps_the_shape_of_any_length()
    {
        Series series = new();

        for (int i = 0; i < 10_000; i++)
        {
            series.Add(i);
        }

        series.Add(null);
        series.Add(double.NaN);
        Assert.Equal(9999, series.Last);
        Assert.InRange(series.Curve.Count, 64, 129);
        Assert.Equal(series.Curve.Order(), series.Curve);
    }
}
