using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>A completion in the making. Its random numbers are its own, so its tokens do not depend on who shares the batch.</summary>
internal sealed class ActiveSequence(int prompt, int sample, int promptLength, int kv, CounterRandom random, int maxNewTokens, FilteredDraw? filtered = null)
{
    private CounterRandom _random = random;
    private readonly int[] _tokens = new int[maxNewTokens];
    private readonly float[] _logProbs = new float[maxNewTokens];

    /// <summary>Its number in the cache.</summary>
    public int Kv => kv;

    /// <summary>Tokens drawn.</summary>
    public int Count { get; private set; }

    /// <summary>The token to feed next.</summary>
    public int LastToken => _tokens[Count - 1];

    /// <summary>Where that token stands in the sequence.</summary>
    public int LastPosition => promptLength + Count - 1;

    /// <summary>Set when the completion has ended.</summary>
    public FinishReason? Finish { get; private set; }

    /// <summary>Draws the next token from its logits.</summary>
    public void Draw(ReadOnlySpan<float> logits, SamplingSettings settings, Span<float> scratch)
    {
        SampledToken token = filtered?.Next(logits, ref _random) ?? Sampler.Draw(logits, settings.Temperature, ref _random, scratch);
        _tokens[Count] = token.Id;
        _logProbs[Count++] = token.LogProb;
        for (int i = 0; i < settings.StopTokens.Count; i++)
        {
            if (settings.StopTokens[i] == token.Id)
            {
                Finish = FinishReason.Stop;
                return;
            }
        }

        if (Count == maxNewTokens)
        {
            Finish = FinishReason.Length;
        }
    }

    /// <summary>The newest token.</summary>
    public SampledToken Newest => new(_tokens[Count - 1], _logProbs[Count - 1]);

    /// <summary>The ended completion.</summary>
    public Completion Complete() =>
        new(prompt, sample, _tokens[..Count], _logProbs[..Count], Finish ?? FinishReason.Length);
}
