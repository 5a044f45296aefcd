using System.Numerics;
using System.Runtime.InteropServices;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>
/// Draws served tokens: bias, penalties, mask, top-k, typical, top-p, min-p, temperature, in llama.cpp's order. Holds
/// scratch memory and no state: what is drawn depends on the arguments only. One thread at a time.
/// </summary>
internal sealed class DrawChain(int vocabularySize)
{
    private readonly Candidates _candidates = new(vocabularySize);
    private readonly Penalties _penalties = new(vocabularySize);
    private readonly Selection _selection = new(vocabularySize);

    /// <summary>The next token of <paramref name="tokens"/>.</summary>
    /// <param name="logits">What the model said, finite. [vocabulary]</param>
    /// <param name="rules">The request's settings.</param>
    /// <param name="tokens">Prompt and what was drawn.</param>
    /// <param name="promptLength">Where what was drawn begins.</param>
    /// <param name="mask">What may come next; null = all.</param>
    /// <param name="uniform">In [0, 1).</param>
    public int Draw(ReadOnlySpan<float> logits, DrawRules rules, ReadOnlySpan<int> tokens, int promptLength, TokenMask? mask, float uniform)
    {
        DrawSettings settings = rules.Settings;
        _candidates.Start(logits);
        foreach ((int token, float bias) in rules.Bias)
        {
            _candidates.Logits[token] += bias;
        }

        if (rules.Penalises)
        {
            _penalties.Apply(tokens, promptLength, settings, _candidates.Logits);
        }

        if (mask is not null)
        {
            _candidates.Allow(mask);
            if (_candidates.Count == 0)
            {
                throw new InvalidOperationException("The request's guide allows no token at all.");
            }
        }

        Filter(settings);
        return _candidates.Pick(settings.Temperature, uniform);
    }

    /// <summary>The most likely tokens, best first, with their log-probs at temperature 1.</summary>
    public TokenLogProb[] Top(ReadOnlySpan<float> logits, int count)
    {
        var top = new TokenLogProb[Math.Min(count, logits.Length)];
        _selection.Start(logits, float.NegativeInfinity);
        float best = 0, bestLogProb = 0;
        for (int rank = 0; rank < top.Length; rank++)
        {
            int token = _selection.Next(logits);
            if (rank == 0)
            {
                best = logits[token];
                bestLogProb = Softmax.LogProb(logits, 1, token);
            }

            // The best one's is 0 less the log of the sum: the same bits as Softmax has, without its pass over all.
            top[rank] = new(token, logits[token] - best + bestLogProb);
        }

        return top;
    }

    /// <summary>Whether every logit is a finite number.</summary>
    public static bool Finite(ReadOnlySpan<float> logits)
    {
        // x − x is 0 for what is finite and NaN for the rest.
        Vector<float> sum = default;
        ReadOnlySpan<Vector<float>> whole = MemoryMarshal.Cast<float, Vector<float>>(logits);
        foreach (Vector<float> x in whole)
        {
            sum += x - x;
        }

        float rest = 0;
        foreach (float x in logits[(whole.Length * Vector<float>.Count)..])
        {
            rest += x - x;
        }

        return sum == default && rest == 0;
    }

    private void Filter(DrawSettings settings)
    {
        if (settings.TopK > 0)
        {
            _candidates.TopK(settings.TopK);
        }

        if (settings.TypicalP < 1)
        {
            _candidates.Typical(settings.TypicalP);
        }

        if (settings.TopP < 1)
        {
            _candidates.TopP(settings.TopP);
        }

        if (settings.MinP > 0)
        {
            _candidates.MinP(settings.MinP);
        }
    }
}
