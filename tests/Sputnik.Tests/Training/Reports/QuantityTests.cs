using Sputnik.Tasks;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(12, "12")]
    [InlineData(0.0123456, "0.0123")]
    [InlineData(9.996, "10.0")]
    [InlineData(-1.234, "-1.23")]
    [InlineData(double.NaN, "–")]
    public void Figures_are_three(double value, string text) => Assert.Equal(text, Quantity.Figures(value));

    [Theory]
    [InlineData(343_808, "344 K")]
    [InlineData(1_600_000, "1.60 M")]
    [InlineData(999_999, "1.00 M")]
    [InlineData(999, "999")]
    public void Large_numbers_have_a_scale(double value, string text) => Assert.Equal(text, Quantity.Scaled(value));

    [Theory]
    [InlineData(0.41, "41 %")]
    [InlineData(0.0412, "4.1 %")]
    [InlineData(0.0004, "0.04 %")]
    [InlineData(0.9999, "100 %")]
    [InlineData(0, "0 %")]
    public void Shares_are_percents(double share, string text) => Assert.Equal(text, Quantity.Percent(share));

    [Theory]
    [InlineData(0.0123, "12.3 ms")]
    [InlineData(3.14, "3.1 s")]
    [InlineData(59.7, "1 min 0 s")]
    [InlineData(3599.6, "1 h 0 min")]
    [InlineData(11520, "3 h 12 min")]
    [InlineData(200_000, "2 d 7 h")]
    public void Times_have_two_units(double seconds, string text) => Assert.Equal(text, Quantity.Duration(seconds));

    [Theory]
    [InlineData(0.0002, "0.720 CPU-s")]
    [InlineData(0.5, "30 CPU-min")]
    [InlineData(4.512, "4.51 CPU-h")]
    public void Processor_time_has_the_unit_that_fits(double hours, string text) => Assert.Equal(text, Quantity.CpuTime(hours));

    [Theory]
    [InlineData(0, "0.00 USD")]
    [InlineData(0.0041, "0.0041 USD")]
    [InlineData(0.000001, "< 0.0001 USD")]
    [InlineData(12.345, "12.35 USD")]
    public void Money_is_in_dollars(double usd, string text) => Assert.Equal(text, Quantity.Money(usd));

    [Fact]
    public void A_mean_comes_with_its_error_where_it_has_one()
    {
        Assert.Equal("0.412 ± 0.031", Quantity.WithError(new Estimate(0.4123, 0.0312, 96)));
        Assert.Equal("0.412", Quantity.WithError(new Estimate(0.4123, null, 1)));
    }
}
