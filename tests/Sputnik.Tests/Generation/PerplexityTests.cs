using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Tests.Laws;

namespace Sputnik.Tests.Generation;

/// <summary>Perplexity and divergence against their definitions.</summary>
public sealed class PerplexityTests
{
    private const int Vocabulary = 83;
    private const int Window = 70;

    private static readonly int[] Tokens = [.. Enumerable.Range(0, (3 * Window) + 11).Select(i => (i * i * 7 + 3) % Vocabulary)];

    [Fact]
    public void Perplexity_is_what_its_definition_says()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");
        using Workers workers = new(1);
        TextWindows windows = new(Tokens, Window, begin: 5);
        List<double> losses = [];
        for (int w = 0; w < 3; w++)
        {
            int[] window = [5, .. Tokens.Skip((w * Window) + 1).Take(Window - 1)];
            Prefill.Logits(model, workers, window, (position, logits) =>
            {
                if (position >= Window / 2 && position < Window - 1)
                {
                    losses.Add(-Softmax.LogProb(logits, 1, window[position + 1]));
                }
            });
        }

        using PerplexityTest test = new(model, null, workers, windows);
        while (test.Next())
        {
        }

        Assert.Equal(3 * 34, test.Score.Tokens);
        Assert.Equal(losses.Count, test.Score.Tokens);
        Assert.Equal(Math.Exp(losses.Sum() / losses.Count), test.Score.Perplexity);
        Assert.Null(test.Divergence);
    }

    [Fact]
    public void Divergence_is_what_its_definition_says()
    {
        using ILanguageModel model = TinyModels.Create("Qwen2"), reference = TinyModels.Create("Qwen3");
        using Workers workers = new(2);
        int[] window = [.. Tokens.Take(Window)];
        List<float[]> mine = [], theirs = [];
        Prefill.Logits(model, workers, window, (_, logits) => mine.Add(logits.ToArray()));
        Prefill.Logits(reference, workers, window, (_, logits) => theirs.Add(logits.ToArray()));
        List<double> expected = [];
        int same = 0;
        for (int i = Window / 2; i < Window - 1; i++)
        {
            double[] p = Distribution(theirs[i]), q = Distribution(mine[i]);
            expected.Add(p.Zip(q, (a, b) => a * Math.Log(a / b)).Sum());
            same += Array.IndexOf(p, p.Max()) == Array.IndexOf(q, q.Max()) ? 1 : 0;
        }

        using PerplexityTest test = new(model, reference, workers, new(window, Window, begin: null));
        Assert.True(test.Next());
        Assert.False(test.Next());

        DivergenceScore score = Assert.IsType<DivergenceScore>(test.Divergence);
        Assert.Equal(expected.Average(), score.Mean, 6);
        Assert.Equal(expected.Max(), score.Max, 5);
        Assert.Equal((double)same / expected.Count, score.SameTop, 12);
        Assert.Equal(test.Reference?.Perplexity / test.Score.Perplexity ?? 0, Math.Exp(score.LogRatio), 9);
    }

    [Fact]
    public void A_model_does_not_diverge_from_itself()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3, mixture");
        using Workers workers = new(3);
        using PerplexityTest test = new(model, model, workers, new(Tokens, Window, begin: null));
        while (test.Next())
        {
        }

        Assert.Equal(0, test.Divergence?.Max);
        Assert.Equal(1, test.Divergence?.SameTop);
        Assert.Equal(test.Score, test.Reference);
    }

    [Fact]
    public void A_text_shorter_than_a_window_is_refused_with_both_numbers()
    {
        string message = Assert.Throws<ArgumentException>(() => new TextWindows([1, 2, 3], 512, null)).Message;

        Assert.Contains("3 tokens", message, StringComparison.Ordinal);
        Assert.Contains("512", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantiles_lie_between_neighbours()
    {
        Sample sample = new();
        foreach (double value in (double[])[4, 1, 3, 2])
        {
            sample.Add(value);
        }

        Assert.Equal(2.5, sample.Quantile(0.5));
        Assert.Equal(3.7, sample.Quantile(0.9), 12);
        Assert.Equal(2.5, sample.Mean);
        Assert.Equal(Math.Sqrt(5.0 / 3 / 4), sample.Error, 12);
    }

    private static double[] Distribution(float[] logits)
    {
        double max = logits.Max();
        double[] weights = [.. logits.Select(l => Math.Exp(l - max))];
        return [.. weights.Select(w => w / weights.Sum())];
    }
}
