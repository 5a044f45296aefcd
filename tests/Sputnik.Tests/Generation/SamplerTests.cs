using Sputnik.Generation;
using Sputnik.Tensors;

namespace Sputnik.Tests.Generation;

public sealed class SamplerTests
{
    // A published vocabulary: one likely token, and a tail whose shares a float sum past one half does not feel.
    private const int Vocabulary = 151_936;
    private const float Likely = 0.9996f;

    [Fact]
    public void The_tail_of_a_large_vocabulary_is_drawn_as_often_as_it_is_likely()
    {
        float[] shares = Tail();

        int token = Sampler.Pick(shares, 0.9998f);

        Assert.InRange(token, 0.45 * Vocabulary, 0.55 * Vocabulary);
    }

    [Fact]
    public void What_rounding_leaves_over_falls_to_the_most_likely() =>
        Assert.Equal(1, Sampler.Pick([0.2f, 0.5f, 0.2f], 0.95f));

    [Theory]
    [InlineData(0f, 0)]
    [InlineData(0.25f, 2)]
    [InlineData(0.749f, 2)]
    [InlineData(0.75f, 3)]
    public void The_first_token_whose_sum_exceeds_the_number_is_drawn(float target, int token) =>
        Assert.Equal(token, Sampler.Pick([0.25f, 0, 0.5f, 0.25f], target));

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-39f)]
    [InlineData(float.Epsilon)]
    public void No_temperature_is_too_small(float temperature)
    {
        float[] logits = [0.5f, -1, 3, 2.9f];
        CounterRandom random = new(1, "draw");

        Assert.Equal(2, Sampler.Draw(logits, temperature, ref random, new float[logits.Length]).Id);
    }

    private static float[] Tail()
    {
        float[] shares = new float[Vocabulary];
        Array.Fill(shares, (1 - Likely) / (Vocabulary - 1));
        shares[0] = Likely;
        return shares;
    }
}
