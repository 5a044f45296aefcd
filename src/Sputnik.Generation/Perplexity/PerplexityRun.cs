using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>How well a model predicts a text: exp of its mean −log p, window by window.</summary>
public sealed class PerplexityRun : IDisposable
{
    private readonly LogitsReader _reader;

    /// <param name="model">The network.</param>
    /// <param name="workers">Threads; they do not show in the bits.</param>
    /// <param name="windows">The text.</param>
    public PerplexityRun(ILanguageModel model, Workers workers, TextWindows windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        Windows = windows;
        _reader = new(model, workers, windows.Length);
    }

    /// <summary>The text.</summary>
    public TextWindows Windows { get; }

    /// <summary>Windows read to their end.</summary>
    public int WindowsDone { get; private set; }

    /// <summary>−log p of every scored token so far.</summary>
    public RunningMean Loss { get; } = new();

    /// <summary>The result so far.</summary>
    public PerplexityEstimate Estimate => PerplexityEstimate.OfLoss(Loss);

    /// <summary>Reads the next window; false when there is none, or when cancelled, which may be within one.</summary>
    public bool Step(CancellationToken cancellation = default)
    {
        if (WindowsDone == Windows.Count)
        {
            return false;
        }

        int[] tokens = Windows[WindowsDone];
        _reader.Begin(tokens.AsSpan(0, tokens.Length - 1));
        while (_reader.HasMore)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            LogitRows rows = _reader.Read(Windows.FirstScored);
            for (int r = 0; r < rows.Count; r++)
            {
                Loss.Add(Distribution.Of(rows[r]).LogTotal - rows[r][tokens[rows.First + r + 1]]);
            }
        }

        WindowsDone++;
        return true;
    }

    /// <summary>Frees what the reading took.</summary>
    public void Dispose() => _reader.Dispose();
}
