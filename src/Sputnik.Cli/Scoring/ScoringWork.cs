using System.Globalization;
using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>A text scored window by window, with progress, until its end or the interruption.</summary>
internal sealed class ScoringWork(TextWindows windows, Workers workers, ScoringProgress progress, CancellationToken interrupted)
{
    /// <summary>How well a model predicts the text.</summary>
    public PerplexityReport Score(ILanguageModel model)
    {
        using var run = new PerplexityRun(model, workers, windows);
        while (run.Step(interrupted))
        {
            progress.Done(run.WindowsDone, windows.Count, windows.Length, $"perplexity {Short(run.Estimate.Perplexity)}");
        }

        return Report(run.WindowsDone, run.Estimate);
    }

    /// <summary>The same, and how far it is from its reference.</summary>
    public PerplexityReport Compare(ILanguageModel model, ILanguageModel reference)
    {
        using var run = new DivergenceRun(model, reference, workers, windows);
        while (run.Step(interrupted))
        {
            progress.Done(run.WindowsDone, windows.Count, windows.Length, $"divergence {Short(run.Divergence.Mean)}");
        }

        DivergenceEstimate estimate = run.Estimate();
        return Report(run.WindowsDone, estimate.Model) with { Divergence = estimate };
    }

    private PerplexityReport Report(int done, PerplexityEstimate estimate)
    {
        progress.End();
        return new()
        {
            Model = "",
            File = "",
            Context = windows.Length,
            Windows = done,
            Of = windows.Count,
            Perplexity = estimate,
            Seconds = progress.Seconds,
        };
    }

    private static string Short(double? value) => value?.ToString("F4", CultureInfo.InvariantCulture) ?? "–";
}
