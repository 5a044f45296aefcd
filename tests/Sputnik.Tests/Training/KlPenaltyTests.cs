using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class KlPenaltyTests
{
    [Theory]
    [InlineData(0.1, 0.0051709)]
    [InlineData(-0.1, 0.0048374)]
    [InlineData(1, 0.7182818)]
    [InlineData(-1, 0.3678794)]
    [InlineData(0, 0)]
    public void K3_gives_the_known_numbers(double difference, double expected) =>
        Assert.Equal(expected, KlPenalty.Value(-2, -2 + difference), 6e-8);

    [Theory]
    [InlineData(0.1)]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(-3)]
    public void The_derivative_is_the_slope(double difference)
    {
        const double Step = 1e-5;

        double slope = (KlPenalty.Value(-2 + Step, -2 + difference) - KlPenalty.Value(-2 - Step, -2 + difference)) / (2 * Step);

        Assert.Equal(slope, KlPenalty.Derivative(-2, -2 + difference), 1e-7);
    }

    [Fact]
    public void The_own_exponential_agrees_with_the_library()
    {
        for (double x = -50; x <= 50; x += 0.37)
        {
            Assert.Equal(1, Exponential.Of(x) / Math.Exp(x), 1e-15);
        }

        Assert.Equal(1.0, Exponential.Of(0));
    }
}
