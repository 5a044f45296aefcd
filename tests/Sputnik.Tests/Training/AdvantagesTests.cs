using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class AdvantagesTests
{
    // Anchors computed by hand from the definition: one, three or one right of 4 or 16, ε = 1e-4.
    [Theory]
    [InlineData(1, 4, 1, 1.49970, -0.49990)]
    [InlineData(1, 4, 0, 1.73165, -0.57722)]
    [InlineData(3, 16, 1, 2.01506, -0.46501)]
    [InlineData(3, 16, 0, 2.08113, -0.48026)]
    [InlineData(1, 16, 1, 3.74850, -0.24990)]
    [InlineData(1, 16, 0, 3.87138, -0.25809)]
    public void Group_deviation_gives_the_known_numbers(int right, int size, int lost, double high, double low)
    {
        GrpoConfig config = new() { DegreesOfFreedomLost = lost, AdvantageEpsilon = 1e-4f };
        float[] rewards = [.. Enumerable.Range(0, size).Select(i => i < right ? 1f : 0f)];

        float[] advantages = Advantages.Of([rewards], config)[0];

        Assert.Equal(high, advantages[0], 1e-5);
        Assert.Equal(low, advantages[^1], 1e-5);
    }

    [Fact]
    public void Mean_only_is_the_reward_less_the_mean()
    {
        float[] advantages = Advantages.Of([[1, 0, 0, 0]], new() { Advantage = AdvantageNormalisation.MeanOnly })[0];

        Assert.Equal([0.75f, -0.25f, -0.25f, -0.25f], advantages);
    }

    [Fact]
    public void Batch_deviation_divides_every_group_alike()
    {
        GrpoConfig config = new() { Advantage = AdvantageNormalisation.BatchStd, AdvantageEpsilon = 1e-6f };

        float[][] advantages = Advantages.Of([[1, 0], [1, 1]], config);

        // Rewards 1 0 1 1: mean 3/4, deviation √(3/16).
        Assert.Equal(0.5 / Math.Sqrt(3.0 / 16), advantages[0][0], 1e-5);
        Assert.Equal([0f, 0f], advantages[1]);
    }

    [Fact]
    public void Equal_rewards_give_zero_exactly()
    {
        float[] rewards = [0.1f, 0.1f, 0.1f];

        Assert.True(Advantages.IsZeroVariance(rewards));
        Assert.Equal([0f, 0f, 0f], Advantages.Of([rewards], new())[0]);
    }
}
