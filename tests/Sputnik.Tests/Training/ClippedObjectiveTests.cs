using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class ClippedObjectiveTests
{
    [Theory]
    [InlineData(0.5f)]
    [InlineData(-2f)]
    public void On_policy_the_loss_is_minus_the_advantage_and_the_gradient_is_not_zero(float advantage)
    {
        TokenLoss token = ClippedObjective.Of(-1.25f, -1.25f, null, advantage, new());

        Assert.Equal(-advantage, token.Loss);
        Assert.Equal(-advantage, token.Derivative);
        Assert.False(token.Clipped);
    }

    [Theory]
    [InlineData(1.27, 1, false)]
    [InlineData(1.29, 1, true)]
    [InlineData(0.5, 1, false)]
    [InlineData(0.81, -1, false)]
    [InlineData(0.79, -1, true)]
    [InlineData(2, -1, false)]
    public void Dapo_clips_only_the_side_that_would_gain(double ratio, float advantage, bool clipped)
    {
        TokenLoss token = ClippedObjective.Of((float)Math.Log(ratio), 0, null, advantage, new() { Clip = ClipRange.Dapo });

        Assert.Equal(clipped, token.Clipped);
        Assert.Equal(clipped, token.Derivative == 0);
    }

    [Theory]
    [InlineData(0.001, -1, false)]
    [InlineData(10.9, 1, false)]
    [InlineData(11.1, 1, true)]
    public void R1_clips_nothing_below_and_only_eleven_times_above(double ratio, float advantage, bool clipped) =>
        Assert.Equal(clipped, ClippedObjective.Of((float)Math.Log(ratio), 0, null, advantage, new() { Clip = ClipRange.R1 }).Clipped);

    [Theory]
    [InlineData(-1f, -1.1f, -0.8f, 0.7f)]
    [InlineData(-1f, -0.95f, -2f, -1.3f)]
    public void The_derivative_is_the_slope(float logProb, float old, float reference, float advantage)
    {
        GrpoConfig config = new() { KlBeta = 0.05f };
        const float Step = 1 / 1024f;

        double above = ClippedObjective.Of(logProb + Step, old, reference, advantage, config).Loss;
        double below = ClippedObjective.Of(logProb - Step, old, reference, advantage, config).Loss;

        Assert.Equal((above - below) / (2 * Step), ClippedObjective.Of(logProb, old, reference, advantage, config).Derivative, 1e-5);
    }
}
