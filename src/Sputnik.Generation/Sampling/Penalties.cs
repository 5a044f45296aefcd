namespace Sputnik.Generation;

/// <summary>What a token loses for having been said. Counts are kept for the length of a call only. Allocates once.</summary>
internal sealed class Penalties(int vocabularySize)
{
    // All zero between two calls: cleared where they were set, not everywhere.
    private readonly int[] _counts = new int[vocabularySize];

    /// <summary>
    /// Positive logits of the last tokens divided and negative ones multiplied (CTRL, arXiv 1909.05858 §4.1); then presence
    /// once and frequency each time a token was drawn, as OpenAI defines them. [vocabulary]
    /// </summary>
    /// <param name="tokens">Prompt and what was drawn.</param>
    /// <param name="promptLength">Where what was drawn begins.</param>
    /// <param name="settings">How much.</param>
    /// <param name="logits">Changed in place.</param>
    public void Apply(ReadOnlySpan<int> tokens, int promptLength, DrawSettings settings, Span<float> logits)
    {
        if (settings.RepetitionPenalty != 1)
        {
            ReadOnlySpan<int> last = tokens[Math.Max(0, tokens.Length - settings.RepeatLast)..];
            Count(last);
            foreach (int token in last)
            {
                if (Taken(token) > 0)
                {
                    logits[token] = logits[token] > 0 ? logits[token] / settings.RepetitionPenalty : logits[token] * settings.RepetitionPenalty;
                }
            }
        }

        if (settings.PresencePenalty != 0 || settings.FrequencyPenalty != 0)
        {
            ReadOnlySpan<int> drawn = tokens[promptLength..];
            Count(drawn);
            foreach (int token in drawn)
            {
                if (Taken(token) is int times and > 0)
                {
                    logits[token] -= settings.PresencePenalty + (times * settings.FrequencyPenalty);
                }
            }
        }
    }

    private void Count(ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
        {
            _counts[token]++;
        }
    }

    private int Taken(int token)
    {
        int count = _counts[token];
        _counts[token] = 0;
        return count;
    }
}
