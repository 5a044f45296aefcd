using Sputnik.Generation.Grammars;

namespace Sputnik.Generation;

/// <summary>
/// Lets an answer be only what a grammar takes. Every token it allows leads to a text that can still be completed; when
/// nothing but the end is left, the end is forced. It begins with the first token it is told: after the thinking.
/// </summary>
public sealed class GrammarGuide : ITokenGuide
{
    private readonly CompiledGrammar _grammar;
    private GrammarState _state;
    private bool _ended;

    internal GrammarGuide(CompiledGrammar grammar)
    {
        _grammar = grammar;
        _state = grammar.Start;
    }

    /// <summary>Whether the text so far may be the whole answer.</summary>
    public bool IsComplete => _state.Accepts;

    /// <inheritdoc/>
    public FinishReason? Ended => _ended || (IsExhausted && _grammar.EndIds.Count == 0) ? FinishReason.Stop : IsStuck() ? FinishReason.Length : null;

    private bool IsExhausted => _state.Accepts && _state.Places.Length == 0;

    /// <inheritdoc/>
    public int? Force() => !_ended && IsExhausted && _grammar.EndIds.Count > 0 ? _grammar.EndIds[0] : null;

    /// <inheritdoc/>
    public bool Restrict(TokenMask allowed)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        ReadOnlySpan<ulong> mask = _grammar.Mask(_state);
        Span<ulong> words = allowed.Words;
        int known = Math.Min(words.Length, mask.Length);
        for (int i = 0; i < known; i++)
        {
            words[i] &= mask[i];
        }

        words[known..].Clear();
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The grammar forbids the token.</exception>
    public void Accept(int token)
    {
        if (_state.Accepts && _grammar.EndIds.Contains(token))
        {
            _ended = true;
            return;
        }

        GrammarState next = _grammar.Step(_state, token);
        _state = next.IsDead ? throw new InvalidOperationException($"Token {token} was drawn where the grammar forbids it.") : next;
    }

    /// <summary>Whether the vocabulary has no token to go on with: some byte that the grammar asks for is in none.</summary>
    private bool IsStuck() => !_grammar.Mask(_state).ContainsAnyExcept(0UL);
}
