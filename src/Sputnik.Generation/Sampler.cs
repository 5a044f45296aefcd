using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>Draws a token from one row of logits.</summary>
internal static class Sampler
{
    // Once a float sum is past ½, shares below 3e-8 add nothing to it; over a vocabulary of 150,000 that loses up to 3e-4 of
    // the whole. So floats are summed within blocks only, and blocks in double.
    private const int SumBlock = 1024;

    /// <summary>
    /// The first token whose cumulative probability exceeds a uniform number; at temperature 0 the most likely one, the
    /// lowest id among equals. <paramref name="scratch"/> holds the probabilities. [vocabulary]
    /// </summary>
    public static SampledToken Draw(ReadOnlySpan<float> logits, float temperature, ref CounterRandom random, Span<float> scratch)
    {
        if (IsGreedy(temperature))
        {
            int best = Greedy(logits);
            return new(best, Softmax.LogProb(logits, 1, best));
        }

        Softmax.Probabilities(logits, temperature, scratch);
        int token = Pick(scratch, random.NextSingle());
        return new(token, Softmax.LogProb(logits, temperature, token));
    }

    /// <summary>The first index whose cumulative probability exceeds <paramref name="target"/>, which is below 1.</summary>
    public static int Pick(ReadOnlySpan<float> probabilities, float target)
    {
        double before = 0;
        for (int block = 0; block < probabilities.Length; block += SumBlock)
        {
            float sum = 0;
            int end = Math.Min(block + SumBlock, probabilities.Length);
            for (int index = block; index < end; index++)
            {
                sum += probabilities[index];
                if (before + sum > target)
                {
                    return index;
                }
            }

            before += sum;
        }

        // Rounding may leave the sum below a target next to one: the most likely token takes the rest.
        return Greedy(probabilities);
    }

    /// <summary>Whether a temperature leaves only the most likely token: 0, and what is too small to divide by.</summary>
    public static bool IsGreedy(float temperature) => float.IsInfinity(1 / temperature);

    /// <summary>The index of the greatest logit, the lowest among equals.</summary>
    public static int Greedy(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int token = 1; token < logits.Length; token++)
        {
            if (logits[token] > logits[best])
            {
                best = token;
            }
        }

        return best;
    }
}
