using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Generation;

/// <summary>Scores written down once more, from the definition and with the system's own exp and log.</summary>
internal static class Scoring
{
    /// <summary>A random text.</summary>
    public static int[] Tokens(ILanguageModel model, int count)
    {
        CounterRandom random = new(3, "scored text");
        return [.. Enumerable.Range(0, count).Select(_ => random.NextInt(0, model.VocabularySize - 1))];
    }

    /// <summary>log softmax at every position of a text. [position][token]</summary>
    public static double[][] Distributions(ILanguageModel model, int[] tokens)
    {
        using Workers workers = new(1);
        double[][] rows = new double[tokens.Length][];
        Prefill.Logits(model, workers, tokens, (position, logits) =>
        {
            double[] row = [.. logits.ToArray().Select(x => (double)x)];
            double max = row.Max(), total = max + Math.Log(row.Sum(x => Math.Exp(x - max)));
            rows[position] = [.. row.Select(x => x - total)];
        });
        return rows;
    }

    /// <summary>log p of every token but the first, given those before it.</summary>
    public static double[] LogProbabilities(ILanguageModel model, int[] tokens)
    {
        double[][] rows = Distributions(model, tokens);
        return [.. tokens.Skip(1).Select((token, position) => rows[position][token])];
    }

    /// <summary>Equal but for the rounding of sums in double.</summary>
    public static void Near(double expected, double? value) => Assert.InRange(value ?? double.NaN, expected - (1e-11 * Math.Abs(expected)), expected + (1e-11 * Math.Abs(expected)));
}
