using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class TokenWeightsTests
{
    [Fact]
    public void Aggregations_weigh_tokens_as_they_say()
    {
        int[] lengths = [2, 6];

        Assert.Equal([1 / 4.0, 1 / 12.0], TokenWeights.Of(lengths, LossAggregation.SequenceMean, 10));
        Assert.Equal([1 / 8.0, 1 / 8.0], TokenWeights.Of(lengths, LossAggregation.TokenMean, 10));
        Assert.Equal([1 / 20.0, 1 / 20.0], TokenWeights.Of(lengths, LossAggregation.Constant, 10));
    }

    [Theory]
    [InlineData(100, 0f)]
    [InlineData(16384, 0f)]
    [InlineData(18432, -0.5f)]
    [InlineData(20480, -1f)]
    [InlineData(20481, -1f)]
    public void The_penalty_on_length_is_soft(int length, float expected) =>
        Assert.Equal(expected, OverlongPenalty.Of(length, 20_480, 4_096));
}
