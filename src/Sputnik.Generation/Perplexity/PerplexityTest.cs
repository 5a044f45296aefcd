using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>
/// Perplexity of a model on a text, and its divergence from a reference model on the same tokens. Windows are computed one
/// after the other, both models in step, so no logits are kept. The same numbers with any number of threads.
/// </summary>
public sealed class PerplexityTest : IDisposable
{
    private readonly TextWindows _windows;
    private readonly ChunkedPrefill _model;
    private readonly ChunkedPrefill? _reference;
    private readonly Sample _losses = new();
    private readonly Sample _referenceLosses = new();
    private readonly Sample _divergences = new();
    private readonly Sample _logRatios = new();
    private readonly Sample _sameTops = new();

    /// <summary>A test that has scored nothing yet.</summary>
    /// <param name="model">What is tested.</param>
    /// <param name="reference">What it should be like; null for perplexity alone.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="windows">The text.</param>
    /// <param name="kv">How the tested model's keys and values are kept; the reference's stay as computed.</param>
    public PerplexityTest(ILanguageModel model, ILanguageModel? reference, Workers workers, TextWindows windows, KvType kv = KvType.F32)
    {
        if (reference is not null && reference.VocabularySize != model.VocabularySize)
        {
            throw new ArgumentException($"The models have {model.VocabularySize} and {reference.VocabularySize} tokens: only models of one vocabulary can be compared.", nameof(reference));
        }

        _windows = windows;
        _model = new(model, workers, windows.Length, kv);
        _reference = reference is null ? null : new(reference, workers, windows.Length, KvType.F32);
    }

    /// <summary>Windows scored so far.</summary>
    public int Done { get; private set; }

    /// <summary>Perplexity so far.</summary>
    public PerplexityScore Score => PerplexityScore.Of(_losses);

    /// <summary>The reference's so far; null where there is none.</summary>
    public PerplexityScore? Reference => _reference is null ? null : PerplexityScore.Of(_referenceLosses);

    /// <summary>The divergence so far; null without a reference.</summary>
    public DivergenceScore? Divergence => _reference is null || _divergences.Count == 0 ? null : new()
    {
        Mean = _divergences.Mean,
        Error = _divergences.Error,
        Median = _divergences.Quantile(0.5),
        P90 = _divergences.Quantile(0.9),
        P99 = _divergences.Quantile(0.99),
        Max = _divergences.Max,
        SameTop = _sameTops.Mean,
        SameTopError = _sameTops.Error,
        LogRatio = _logRatios.Mean,
        LogRatioError = _logRatios.Error,
    };

    /// <summary>Scores the next window; false when all are done, or when cancelled: what was scored of the window counts.</summary>
    public bool Next(CancellationToken cancellation = default)
    {
        if (Done == _windows.Count)
        {
            return false;
        }

        int[] window = _windows[Done];
        _model.Start(window, _windows.FirstScored);
        _reference?.Start(window, _windows.FirstScored);
        while (!cancellation.IsCancellationRequested)
        {
            if (!_model.Next())
            {
                Done++;
                return true;
            }

            _ = _reference?.Next();
            for (int row = 0; row < _model.Logits.Rows && _model.Position + row + 1 < window.Length; row++)
            {
                Add(_model.Logits[row], _reference is null ? default : _reference.Logits[row], window[_model.Position + row + 1]);
            }
        }

        return false;
    }

    /// <summary>Frees the caches.</summary>
    public void Dispose()
    {
        _model.Dispose();
        _reference?.Dispose();
    }

    private void Add(ReadOnlySpan<float> logits, ReadOnlySpan<float> reference, int token)
    {
        Distribution model = Distribution.Of(logits);
        double loss = model.LogTotal - logits[token];
        _losses.Add(loss);
        if (reference.IsEmpty)
        {
            return;
        }

        Distribution expected = Distribution.Of(reference);
        double referenceLoss = expected.LogTotal - reference[token];
        _referenceLosses.Add(referenceLoss);
        _logRatios.Add(referenceLoss - loss);

        // Never negative but for the rounding of the sum.
        _divergences.Add(Math.Max(0, expected.Divergence(reference, model, logits)));
        _sameTops.Add(expected.Top == model.Top ? 1 : 0);
    }
}
