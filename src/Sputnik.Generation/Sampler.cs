using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>Draws a token from one row of logits.</summary>
internal static class Sampler
{
    /// <summary>
    /// The first token whose cumulative probability exceeds a uniform number; at temperature 0 the most likely one, the
    /// lowest id among equals. <paramref name="scratch"/> holds the probabilities. [vocabulary]
    /// </summary>
    public static SampledToken Draw(ReadOnlySpan<float> logits, float temperature, ref CounterRandom random, Span<float> scratch)
    {
        if (temperature == 0)
        {
            int best = Greedy(logits);
            return new(best, Softmax.LogProb(logits, 1, best));
        }

        Softmax.Probabilities(logits, temperature, scratch);
        int token = Pick(scratch, random.NextSingle());
        return new(token, Softmax.LogProb(logits, temperature, token));
    }

    /// <summary>The first index whose cumulative probability exceeds <paramref name="target"/>.</summary>
    public static int Pick(ReadOnlySpan<float> probabilities, float target)
    {
        float sum = 0;
        int last = 0;
        for (int index = 0; index < probabilities.Length; index++)
        {
            if (probabilities[index] > 0)
            {
                last = index;
            }

            sum += probabilities[index];
            if (sum > target)
            {
                break;
            }
        }

        // Rounding may leave the sum below a target next to one: the last possible token then takes the rest.
        return last;
    }

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
