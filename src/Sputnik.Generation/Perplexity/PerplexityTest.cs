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
    private readonly float[] _probabilities;
    private int _sameTop;

    /// <summary>A test that has scored nothing yet.</summary>
    /// <param name="model">What is tested.</param>
    /// <param name="reference">What it should be like; null for perplexity alone.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="windows">The text.</param>
    public PerplexityTest(ILanguageModel model, ILanguageModel? reference, Workers workers, TextWindows windows)
    {
        if (reference is not null && reference.VocabularySize != model.VocabularySize)
        {
            throw new ArgumentException($"The models have {model.VocabularySize} and {reference.VocabularySize} tokens: only models of one vocabulary can be compared.", nameof(reference));
        }

        _windows = windows;
        _model = new(model, workers, windows.Length);
        _reference = reference is null ? null : new(reference, workers, windows.Length);
        _probabilities = new float[model.VocabularySize];
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
        SameTop = (double)_sameTop / _divergences.Count,
        LogRatio = _referenceLosses.Mean - _losses.Mean,
    };

    /// <summary>Scores the next window; false when all are done.</summary>
    public bool Next()
    {
        if (Done == _windows.Count)
        {
            return false;
        }

        int[] window = _windows[Done++];
        _model.Start(window, _windows.FirstScored);
        _reference?.Start(window, _windows.FirstScored);
        while (_model.Next())
        {
            _ = _reference?.Next();
            for (int row = 0; row < _model.Logits.Rows && _model.Position + row + 1 < window.Length; row++)
            {
                Add(_model.Logits[row], _reference is null ? default : _reference.Logits[row], window[_model.Position + row + 1]);
            }
        }

        return true;
    }

    /// <summary>Frees the caches.</summary>
    public void Dispose()
    {
        _model.Dispose();
        _reference?.Dispose();
    }

    private void Add(ReadOnlySpan<float> logits, ReadOnlySpan<float> reference, int token)
    {
        float logProb = Softmax.LogProb(logits, 1, token);
        _losses.Add(-logProb);
        if (reference.IsEmpty)
        {
            return;
        }

        float referenceLogProb = Softmax.LogProb(reference, 1, token);
        _referenceLosses.Add(-referenceLogProb);
        Softmax.Probabilities(reference, 1, _probabilities);

        // log p of any token is its logit less this one's, plus this one's log p.
        double shift = (double)logits[token] - logProb, referenceShift = (double)reference[token] - referenceLogProb;
        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            sum += _probabilities[i] * (reference[i] - referenceShift - (logits[i] - shift));
        }

        // A model against itself is exactly 0; rounding of others may fall below.
        _divergences.Add(Math.Max(0, sum));
        _sameTop += Top(logits) == Top(reference) ? 1 : 0;
    }

    private static int Top(ReadOnlySpan<float> logits)
    {
        int top = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            top = logits[i] > logits[top] ? i : top;
        }

        return top;
    }
}
