using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>How far a model's predictions are from a reference's on a text; both read it side by side, so no logits are kept.</summary>
public sealed class DivergenceRun : IDisposable
{
    private readonly LogitsReader _model;
    private readonly LogitsReader _reference;
    private readonly List<double> _divergences = [];
    private readonly RunningMean _change = new();
    private readonly RunningMean _loss = new();
    private readonly RunningMean _referenceLoss = new();
    private int _sameTop;

    /// <param name="model">The model judged.</param>
    /// <param name="reference">What it should predict.</param>
    /// <param name="workers">Threads; they do not show in the bits.</param>
    /// <param name="windows">The text.</param>
    public DivergenceRun(ILanguageModel model, ILanguageModel reference, Workers workers, TextWindows windows)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(windows);
        if (model.VocabularySize != reference.VocabularySize)
        {
            throw new ArgumentException(
                $"The model predicts {model.VocabularySize} tokens, its reference {reference.VocabularySize}: only models with one vocabulary can be compared.", nameof(reference));
        }

        Windows = windows;
        _model = new(model, workers, windows.Length);
        _reference = new(reference, workers, windows.Length);
    }

    /// <summary>The text.</summary>
    public TextWindows Windows { get; }

    /// <summary>Windows read to their end.</summary>
    public int WindowsDone { get; private set; }

    /// <summary>KL(reference ‖ model) of every scored position so far.</summary>
    public RunningMean Divergence { get; } = new();

    /// <summary>The result so far.</summary>
    public DivergenceEstimate Estimate()
    {
        double[] sorted = [.. _divergences.Order()];
        double? share = sorted.Length == 0 ? null : (double)_sameTop / sorted.Length;
        double? ratio = sorted.Length == 0 ? null : Precise.Exp(-_change.Mean);
        return new()
        {
            Tokens = sorted.Length,
            Divergence = MeanEstimate.Of(Divergence),
            Median = Quantile(sorted, 0.5),
            Percentile90 = Quantile(sorted, 0.9),
            Percentile99 = Quantile(sorted, 0.99),
            Largest = Quantile(sorted, 1),
            SameTop = new(share, sorted.Length < 2 ? null : Math.Sqrt((share * (1 - share) / (sorted.Length - 1)).GetValueOrDefault())),
            Change = MeanEstimate.Of(_change),
            Model = PerplexityEstimate.OfLoss(_loss),
            Reference = PerplexityEstimate.OfLoss(_referenceLoss),
            Ratio = new(ratio, sorted.Length < 2 ? null : ratio * _change.StandardError),
        };
    }

    /// <summary>Reads the next window; false when there is none, or when cancelled, which may be within one.</summary>
    public bool Step(CancellationToken cancellation = default)
    {
        if (WindowsDone == Windows.Count)
        {
            return false;
        }

        int[] tokens = Windows[WindowsDone];
        _model.Begin(tokens.AsSpan(0, tokens.Length - 1));
        _reference.Begin(tokens.AsSpan(0, tokens.Length - 1));
        while (_model.HasMore)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            LogitRows rows = _model.Read(Windows.FirstScored), expected = _reference.Read(Windows.FirstScored);
            for (int r = 0; r < rows.Count; r++)
            {
                Compare(rows[r], expected[r], tokens[rows.First + r + 1]);
            }
        }

        WindowsDone++;
        return true;
    }

    /// <summary>Frees what the reading took.</summary>
    public void Dispose()
    {
        _model.Dispose();
        _reference.Dispose();
    }

    private void Compare(ReadOnlySpan<float> logits, ReadOnlySpan<float> expected, int token)
    {
        Distribution model = Distribution.Of(logits), reference = Distribution.Of(expected);
        double divergence = reference.Divergence(expected, model, logits);
        double loss = model.LogTotal - logits[token], referenceLoss = reference.LogTotal - expected[token];
        _divergences.Add(divergence);
        Divergence.Add(divergence);
        _change.Add(referenceLoss - loss);
        _loss.Add(loss);
        _referenceLoss.Add(referenceLoss);
        _sameTop += model.Top == reference.Top ? 1 : 0;
    }

    // Between two neighbours linearly, as llama-perplexity and numpy do.
    private static double? Quantile(double[] sorted, double share)
    {
        if (sorted.Length == 0)
        {
            return null;
        }

        double at = share * (sorted.Length - 1);
        int below = (int)at;
        double above = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return sorted[below] + ((at - below) * (above - sorted[below]));
    }
}
