using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class SoftmaxTests
{
    [Theory]
    [InlineData(0.5f)]
    [InlineData(1f)]
    [InlineData(1.7f)]
    public void It_agrees_with_the_formula_in_double(float temperature)
    {
        float[] logits = Seeded.Values(100, seed: 1, scale: 4);
        double[] exact = Exact(logits, temperature);
        float[] probabilities = new float[logits.Length];

        Softmax.Probabilities(logits, temperature, probabilities);

        for (int i = 0; i < logits.Length; i++)
        {
            Assert.Equal(exact[i], probabilities[i], 1e-6);
            Assert.Equal(Math.Log(exact[i]), Softmax.LogProb(logits, temperature, i), 1e-5);
        }

        Assert.Equal(-exact.Sum(p => p * Math.Log(p)), Softmax.Entropy(logits, temperature), 1e-5);
    }

    [Fact]
    public void A_logit_of_minus_infinity_has_no_probability_and_leaves_the_entropy_alone()
    {
        float[] logits = [1, float.NegativeInfinity, 1];
        float[] probabilities = new float[3];

        Softmax.Probabilities(logits, 1, probabilities);

        Assert.Equal([0.5f, 0, 0.5f], probabilities);
        Assert.Equal(float.NegativeInfinity, Softmax.LogProb(logits, 1, 1));
        Assert.Equal(Math.Log(2), Softmax.Entropy(logits, 1), 1e-6);
    }

    [Fact]
    public void A_temperature_of_zero_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Softmax.LogProb([1, 2], 0, 1));

    private static double[] Exact(float[] logits, float temperature)
    {
        double[] powers = [.. logits.Select(l => Math.Exp((double)l / temperature))];
        return [.. powers.Select(p => p / powers.Sum())];
    }
}
