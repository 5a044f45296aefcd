using Sputnik.Text;

namespace Sputnik.Generation.Grammars;

/// <summary>A grammar over one vocabulary, with the states and masks that its guides have met. For any number of threads.</summary>
internal sealed class CompiledGrammar(Grammar grammar, Tokenizer tokenizer, TokenTrie trie)
{
    private readonly GrammarMachine _machine = new(grammar);
    private readonly Queue<GrammarState> _masked = new();
    private readonly Lock _lock = new();

    /// <summary>Meets the first mask, so that no engine has to, and what is too ambiguous shows itself to its caller.</summary>
    /// <exception cref="ArgumentException">The grammar can be read in too many ways.</exception>
    public CompiledGrammar Prepared()
    {
        Start.Mask = trie.Mask(_machine, Start, out bool isWhole);
        _masked.Enqueue(Start);
        return _machine.LostReadings || !isWhole
            ? throw new ArgumentException($"The grammar is too ambiguous: it has more than {GrammarLimits.Places} places after one text, or {GrammarLimits.StepsOfAMask} steps for one token.")
            : this;
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
        return state.Mask = trie.Mask(_machine, state, out _);
    }
}
