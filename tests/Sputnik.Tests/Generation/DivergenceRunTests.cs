using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Tests.Models;

namespace Sputnik.Tests.Generation;

public sealed class DivergenceRunTests
{
    [Fact]
    public void A_model_does_not_diverge_from_itself()
    {
        using ILanguageModel model = Rollout.Model("qwen moe"), same = Rollout.Model("qwen moe");

        DivergenceEstimate estimate = Run(model, same, new(Scoring.Tokens(model, 200), 100));

        Assert.Equal(new(0, 0), estimate.Divergence);
        Assert.Equal((0, 0), (estimate.Median, estimate.Largest));
        Assert.Equal(new(1, 0), estimate.SameTop);
        Assert.Equal(new(0, 0), estimate.Change);
        Assert.Equal(new(1, 0), estimate.Ratio);
        Assert.Equal(estimate.Reference, estimate.Model);
        Assert.Equal(98, estimate.Tokens);
    }

    [Fact]
    public void Divergence_is_the_mean_over_positions_of_the_references_expected_log_ratio()
    {
        using ILanguageModel model = Rollout.Model("qwen"), reference = Rollout.Model("qwen tied");
        TextWindows windows = new(Scoring.Tokens(model, 150), 75);
        double[][] p = [.. Rows(reference, windows)], q = [.. Rows(model, windows)];
        double[] expected = [.. p.Zip(q, (a, b) => a.Zip(b, (x, y) => Math.Exp(x) * (x - y)).Sum())];
        double[] change = [.. Targets(windows).Select((token, i) => q[i][token] - p[i][token])];

        DivergenceEstimate estimate = Run(model, reference, windows);

        Scoring.Near(expected.Average(), estimate.Divergence.Mean);
        Scoring.Near(expected.Max(), estimate.Largest);
        Scoring.Near(expected.Order().Skip((expected.Length / 2) - 1).Take(2).Average(), estimate.Median);
        Scoring.Near(p.Zip(q, (a, b) => Top(a) == Top(b) ? 1.0 : 0).Average(), estimate.SameTop.Mean);
        Scoring.Near(change.Average(), estimate.Change.Mean);
        Scoring.Near(Math.Exp(-change.Average()), estimate.Ratio.Mean);
        Scoring.Near(estimate.Model.Perplexity.GetValueOrDefault() / estimate.Reference.Perplexity.GetValueOrDefault(), estimate.Ratio.Mean);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        using ILanguageModel model = Rollout.Model("expanded"), reference = Rollout.Model("absorbed");
        TextWindows windows = new(Scoring.Tokens(model, 100), 50);

        Assert.Equal(Run(model, reference, windows, threads: 1), Run(model, reference, windows, threads: 3));
    }

    [Fact]
    public void Models_that_predict_other_tokens_cannot_be_compared()
    {
        using ILanguageModel model = Rollout.Model("qwen"), other = new GroupedModel(Shapes.TinyQwen with { VocabularySize = 7 });
        using Workers workers = new(1);

        ArgumentException error = Assert.Throws<ArgumentException>(() => new DivergenceRun(model, other, workers, new(new int[8], 8)));

        Assert.Contains($"predicts {model.VocabularySize} tokens, its reference 7", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Q8_0", 0.02)]
    [InlineData("Q4_K_M", 0.5)]
    public void A_finer_format_diverges_less(string type, double most)
    {
        using ILanguageModel reference = Golden("F32"), model = Golden(type), coarser = Golden("Q2_K");
        TextWindows windows = new(Scoring.Tokens(model, 256), 128);

        DivergenceEstimate estimate = Run(model, reference, windows), worse = Run(coarser, reference, windows);

        Assert.InRange(estimate.Divergence.Mean ?? double.NaN, 1e-6, most);
        Assert.True(worse.Divergence.Mean > estimate.Divergence.Mean);
        Assert.True(worse.SameTop.Mean < estimate.SameTop.Mean);
    }

    private static ILanguageModel Golden(string type)
    {
        string path = Path.Combine(GoldenFolder.Models, "tiny-qwen2-tied", $"tiny-qwen2-tied.{type}.gguf");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there");
        return ModelFile.Open(path, new() { MaxLength = 128 }).Model;
    }

    private static IEnumerable<double[]> Rows(ILanguageModel model, TextWindows windows) =>
        Enumerable.Range(0, windows.Count).SelectMany(w => Scoring.Distributions(model, windows[w][..^1]).Skip(windows.FirstScored));

    private static IEnumerable<int> Targets(TextWindows windows) =>
        Enumerable.Range(0, windows.Count).SelectMany(w => windows[w].Skip(windows.FirstScored + 1));

    private static int Top(double[] row) => Array.IndexOf(row, row.Max());

    private static DivergenceEstimate Run(ILanguageModel model, ILanguageModel reference, TextWindows windows, int threads = 2)
    {
        using Workers workers = new(threads);
        using DivergenceRun run = new(model, reference, workers, windows);
        while (run.Step(TestContext.Current.CancellationToken))
        {
            Assert.InRange(run.WindowsDone, 1, windows.Count);
        }

        return run.Estimate();
    }
}
