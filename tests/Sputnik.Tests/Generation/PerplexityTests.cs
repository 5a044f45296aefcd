using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Tests.Laws;
using Sputnik.Tests.Models;

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
                    losses.Add(-Math.Log(Distribution(logits.ToArray())[window[position + 1]]));
                }
            });
        }

        using PerplexityTest test = new(model, null, workers, windows);
        while (test.Next(TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal(3 * 34, test.Score.Tokens);
        Assert.Equal(losses.Count, test.Score.Tokens);
        Assert.Equal(Math.Exp(losses.Average()), test.Score.Perplexity, 1e-9);
        Assert.Equal(test.Score.Perplexity * Error(losses), test.Score.Error, 1e-9);
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
        List<double> expected = [], changes = [];
        int same = 0;
        for (int i = Window / 2; i < Window - 1; i++)
        {
            double[] p = Distribution(theirs[i]), q = Distribution(mine[i]);
            expected.Add(p.Zip(q, (a, b) => a * Math.Log(a / b)).Sum());
            changes.Add(Math.Log(q[window[i + 1]] / p[window[i + 1]]));
            same += Array.IndexOf(p, p.Max()) == Array.IndexOf(q, q.Max()) ? 1 : 0;
        }

        using PerplexityTest test = new(model, reference, workers, new(window, Window, begin: null));
        Assert.True(test.Next(TestContext.Current.CancellationToken));
        Assert.False(test.Next(TestContext.Current.CancellationToken));

        DivergenceScore score = Assert.IsType<DivergenceScore>(test.Divergence);
        Assert.Equal(expected.Average(), score.Mean, 1e-12);
        Assert.Equal(expected.Max(), score.Max, 1e-12);
        Assert.Equal(Error(expected), score.Error, 1e-12);
        Assert.Equal(changes.Average(), score.LogRatio, 1e-12);
        Assert.Equal(Error(changes), score.LogRatioError, 1e-12);
        Assert.Equal((double)same / expected.Count, score.SameTop, 12);
        Assert.Equal(test.Score.Perplexity / test.Reference?.Perplexity ?? 0, score.Ratio, 1e-12);
    }

    [Fact]
    public void A_model_does_not_diverge_from_itself()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3, mixture");
        using Workers workers = new(3);
        using PerplexityTest test = new(model, model, workers, new(Tokens, Window, begin: null));
        while (test.Next(TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal(0, test.Divergence?.Max);
        Assert.Equal(1, test.Divergence?.SameTop);
        Assert.Equal(test.Score, test.Reference);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3, mixture"), reference = TinyModels.Create("Qwen3");

        Assert.Equal(Score(model, reference, Tokens, threads: 1), Score(model, reference, Tokens, threads: 3));
    }

    [Fact]
    public void A_test_that_is_cancelled_keeps_what_it_has_scored()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");
        using Workers workers = new(1);
        using PerplexityTest test = new(model, null, workers, new(Tokens, Window, begin: null));

        Assert.True(test.Next(TestContext.Current.CancellationToken));
        Assert.False(test.Next(new CancellationToken(canceled: true)));

        Assert.Equal(1, test.Done);
        Assert.Equal(34, test.Score.Tokens);
    }

    [Fact]
    public void Logits_that_are_not_finite_are_no_distribution()
    {
        Assert.Throws<InvalidDataException>(() => Sputnik.Generation.Distribution.Of([1, float.NaN, 2]));
        Assert.Throws<InvalidDataException>(() => Sputnik.Generation.Distribution.Of([1, 2, float.PositiveInfinity]));
        Assert.Throws<InvalidDataException>(() => Sputnik.Generation.Distribution.Of([float.NaN, 2]));
    }

    [Theory]
    [InlineData("BF16", 1e-3)]
    [InlineData("Q8_0", 0.02)]
    [InlineData("Q4_K_M", 0.5)]
    public void A_finer_format_diverges_less_than_two_bits_a_weight(string type, double most)
    {
        using ILanguageModel reference = Golden("F32"), model = Golden(type), coarse = Golden("Q2_K");
        int[] text = [.. Enumerable.Range(0, 256).Select(i => (i * i * 7 + 3) % model.VocabularySize)];

        DivergenceScore score = Score(model, reference, text, threads: 2), worse = Score(coarse, reference, text, threads: 2);

        Assert.InRange(score.Mean, 1e-9, most);
        Assert.True(worse.Mean > score.Mean);
        Assert.True(worse.SameTop < score.SameTop);
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

    private static ILanguageModel Golden(string type)
    {
        string path = Path.Combine(GoldenFolder.Models, "tiny-qwen2-tied", $"tiny-qwen2-tied.{type}.gguf");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there");
        return ModelFile.Open(path, new() { MaxLength = 128 }).Model;
    }

    private static DivergenceScore Score(ILanguageModel model, ILanguageModel reference, int[] text, int threads)
    {
        using Workers workers = new(threads);
        using PerplexityTest test = new(model, reference, workers, new(text, Window, begin: null));
        while (test.Next(TestContext.Current.CancellationToken))
        {
        }

        return Assert.IsType<DivergenceScore>(test.Divergence);
    }

    private static double Error(List<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1) / values.Count);
    }

    private static double[] Distribution(float[] logits)
    {
        double max = logits.Max();
        double[] weights = [.. logits.Select(l => Math.Exp(l - max))];
        return [.. weights.Select(w => w / weights.Sum())];
    }
}
