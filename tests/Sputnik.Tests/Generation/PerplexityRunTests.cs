using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Tests.Models;

namespace Sputnik.Tests.Generation;

public sealed class PerplexityRunTests
{
    [Theory]
    [InlineData("qwen", 200, false)]
    [InlineData("qwen", 20, true)]
    [InlineData("absorbed", 65, false)]
    public void Perplexity_is_the_exponential_of_the_mean_surprise(string shape, int length, bool all)
    {
        using ILanguageModel model = Rollout.Model(shape);
        TextWindows windows = new(Scoring.Tokens(model, 3 * length), length) { All = all };
        double[] losses = [.. Enumerable.Range(0, 3).SelectMany(w => Scoring.LogProbabilities(model, windows[w]).Skip(windows.FirstScored)).Select(p => -p)];

        PerplexityEstimate estimate = Run(model, windows);

        double mean = losses.Average(), deviation = Math.Sqrt(losses.Sum(x => (x - mean) * (x - mean)) / losses.Length);
        Assert.Equal(3 * (length - 1 - (all ? 0 : length / 2)), estimate.Tokens);
        Scoring.Near(Math.Exp(mean), estimate.Perplexity);
        Scoring.Near(Math.Exp(mean) * deviation / Math.Sqrt(losses.Length - 1), estimate.StandardError);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        using ILanguageModel model = Rollout.Model("qwen moe");
        TextWindows windows = new(Scoring.Tokens(model, 300), 150);

        Assert.Equal(Run(model, windows, threads: 1), Run(model, windows, threads: 3));
    }

    [Fact]
    public void What_is_left_at_the_end_and_windows_beyond_the_most_are_not_read()
    {
        using ILanguageModel model = Rollout.Model("qwen");
        int[] tokens = Scoring.Tokens(model, 100);

        Assert.Equal(Run(model, new(tokens[..64], 32)), Run(model, new(tokens[..95], 32)));
        Assert.Equal(Run(model, new(tokens[..64], 32)), Run(model, new(tokens, 32) { Most = 2 }));
    }

    [Fact]
    public void A_window_opens_with_the_token_that_begins_a_text()
    {
        TextWindows windows = new([9, 1, 2, 3, 4, 5, 6, 7], 4, opening: 9);

        Assert.Equal([9, 1, 2, 3], windows[0]);
        Assert.Equal([9, 5, 6, 7], windows[1]);
        Assert.Equal(2, windows.FirstScored);
    }

    [Fact]
    public void A_text_shorter_than_a_window_is_refused_with_both_lengths()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new TextWindows(new int[511], 512));

        Assert.Contains("511 tokens and a window 512", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_cancelled_keeps_what_it_has_read()
    {
        using ILanguageModel model = Rollout.Model("qwen");
        using Workers workers = new(1);
        TextWindows windows = new(Scoring.Tokens(model, 64), 32);
        using PerplexityRun run = new(model, workers, windows);

        Assert.True(run.Step(TestContext.Current.CancellationToken));
        Assert.False(run.Step(new CancellationToken(canceled: true)));

        Assert.Equal(1, run.WindowsDone);
        Assert.Equal(15, run.Estimate.Tokens);
    }

    [Fact]
    public void Logits_that_are_not_finite_are_no_distribution()
    {
        Assert.Throws<InvalidDataException>(() => Distribution.Of([1, float.NaN, 2]));
        Assert.Throws<InvalidDataException>(() => Distribution.Of([1, 2, float.PositiveInfinity]));
        Assert.Throws<InvalidDataException>(() => Distribution.Of([float.NaN, 2]));
    }

    private static PerplexityEstimate Run(ILanguageModel model, TextWindows windows, int threads = 2)
    {
        using Workers workers = new(threads);
        using PerplexityRun run = new(model, workers, windows);
        while (run.Step(TestContext.Current.CancellationToken))
        {
            Assert.InRange(run.WindowsDone, 1, windows.Count);
        }

        return run.Estimate;
    }
}
