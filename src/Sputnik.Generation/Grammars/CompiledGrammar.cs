using Sputnik.Text;

namespace Sputnik.Generation.Grammars;

/// <summary>A grammar over one vocabulary, with the states and masks that its guides have met. For any number of threads.</summary>
internal sealed class CompiledGrammar(Grammar grammar, Tokenizer tokenizer, TokenTrie trie)
{
    private readonly GrammarMachine _machine = new(grammar);
    private readonly Queue<GrammarState> _masked = new();
    private readonly Lock _lock = new();

    /// <summary>Meets the first mask: what is too ambiguous from the start shows itself to its caller, not to an engine.</summary>
    /// <exception cref="ArgumentException">The grammar can be read in too many ways.</exception>
    public CompiledGrammar Prepared()
    {
        Mask(Start);
        return this;
    }

    /// <summary>Before any token.</summary>
    public GrammarState Start => _machine.Start;

    /// <summary>Tokens that end an answer.</summary>
    public IReadOnlyList<int> EndIds => trie.EndIds;

    /// <summary>The state behind one token more; dead where the grammar forbids it.</summary>
    public GrammarState Step(GrammarState state, int token)
    {
        lock (_lock)
        {
            GrammarState named = _machine.StepToken(state, token);
            return named.IsDead && TokenTrie.IsText(tokenizer, token) ? _machine.Step(state, tokenizer.Bytes(token)) : named;
        }
    }

    /// <summary>One bit a token that may follow a state.</summary>
    /// <exception cref="ArgumentException">The grammar can be read in too many ways here. A mask cut short would depend on who used the grammar before.</exception>
    public ReadOnlySpan<ulong> Mask(GrammarState state)
    {
        lock (_lock)
        {
            state.Used = true;
            return state.Mask ?? Remember(state);
        }
    }

    private ulong[] Remember(GrammarState state)
    {
        ulong[] mask = trie.Mask(_machine, state, out bool isWhole);
        if (!isWhole || state.IsCut)
        {
            throw new ArgumentException($"The grammar is too ambiguous: it has more than {GrammarLimits.Places} places after one text, or {GrammarLimits.StepsOfAMask} steps for one token.");
        }

        while (_masked.Count >= GrammarLimits.Masks)
        {
            GrammarState oldest = _masked.Dequeue();
            if (oldest.Used)
            {
                oldest.Used = false;
                _masked.Enqueue(oldest);
            }
            else
            {
                oldest.Mask = null;
            }
        }

        _masked.Enqueue(state);
        return state.Mask = mask;
    }
}
