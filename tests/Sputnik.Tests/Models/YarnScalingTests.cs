using Sputnik.Models;

namespace Sputnik.Tests.Models;

public sealed class YarnScalingTests
{
    private static readonly YarnScaling V3 = new() { Factor = 40, OriginalLength = 4096 };

    [Fact]
    public void The_attention_scale_is_the_published_one()
    {
        DeepSeekV3Config config = Shapes.V3 with { Yarn = V3 };

        // V3's inference code: 192^-0.5 · (0.1 ln 40 + 1)².
        Assert.Equal(0.1352338f, config.AttentionScale, 1e-7f);
        Assert.Equal(1, V3.Magnitude);
    }

    [Fact]
    public void Fast_pairs_keep_their_angle_and_slow_ones_lose_the_factor()
    {
        float[] plain = [.. Enumerable.Range(0, 32).Select(i => (float)Math.Pow(10_000, -i / 32.0))];

        float[] frequencies = V3.Frequencies(64, 10_000);

        // The ramp runs from pair 10 to pair 23.
        Assert.Equal(plain[..11], frequencies[..11]);
        Assert.All(Enumerable.Range(23, 9), i => Assert.Equal(plain[i] / 40, frequencies[i], plain[i] * 1e-6f));
        Assert.All(Enumerable.Range(11, 12), i => Assert.InRange(frequencies[i], plain[i] / 40, plain[i]));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    public void A_factor_that_is_no_factor_is_refused(float factor)
    {
        DeepSeekV3Config config = Shapes.V3 with { Yarn = V3 with { Factor = factor } };

        ArgumentException error = Assert.Throws<ArgumentException>(config.Validate);

        Assert.Contains("rope_scaling.factor", error.Message, StringComparison.Ordinal);
    }
}
