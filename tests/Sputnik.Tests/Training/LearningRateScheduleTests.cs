using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(1, 0.25f)]
    [InlineData(4, 1f)]
    [InlineData(60, 1f)]
    [InlineData(80, 0.515f)]
    [InlineData(100, 0.03f)]
    public void Warm_up_and_linear_decay(long step, float expected)
    {
        LearningRateSchedule schedule = new() { Shape = LearningRateShape.LinearDecay, WarmUpFraction = 0.04f };

        Assert.Equal(expected, schedule.Factor(step, 100), 1e-5);
    }

    [Theory]
    [InlineData(0, 1f)]
    [InlineData(50, 0.55f)]
    [InlineData(100, 0.1f)]
    public void A_cosine_falls_to_its_floor(long step, float expected)
    {
        LearningRateSchedule schedule = new() { Shape = LearningRateShape.Cosine, Floor = 0.1f };

        Assert.Equal(expected, schedule.Factor(step, 100), 1e-5);
    }

    [Fact]
    public void A_constant_climbs_and_stays()
    {
        LearningRateSchedule schedule = new() { WarmUpSteps = 5 };

        Assert.Equal(0.2f, schedule.Factor(1, 30));
        Assert.Equal(1f, schedule.Factor(30, 30));
    }
}
