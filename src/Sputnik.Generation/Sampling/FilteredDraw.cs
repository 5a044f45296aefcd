using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>One sequence's tokens drawn through penalties and filters, which look back on all of it.</summary>
internal sealed class FilteredDraw
{
    private readonly DrawChain _chain;
    private readonly DrawRules _rules;
    private readonly int[] _tokens;
    private readonly int _promptLength;
    private int _count;

    /// <param name="chain">What draws; sequences may share one.</param>
    /// <param name="rules">Its settings.</param>
    /// <param name="prompt">What the sequence begins with.</param>
    /// <param name="maxNewTokens">Tokens drawn at most.</param>
    public FilteredDraw(DrawChain chain, DrawRules rules, int[] prompt, int maxNewTokens)
    {
        (_chain, _rules, _promptLength, _count) = (chain, rules, prompt.Length, prompt.Length);
        _tokens = new int[prompt.Length + maxNewTokens];
        prompt.CopyTo(_tokens, 0);
    }

    /// <summary>The next token, with its log-prob at the sampling temperature over all tokens.</summary>
    public SampledToken Next(ReadOnlySpan<float> logits, ref CounterRandom random)
    {
        float temperature = _rules.Settings.Temperature;
        int token = _chain.Draw(logits, _rules, _tokens.AsSpan(0, _count), _promptLength, mask: null, random.NextSingle());
        _tokens[_count++] = token;
        return new(token, Softmax.LogProb(logits, temperature == 0 ? 1 : temperature, token));
    }
}
