using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>
/// One continuation of a prompt. Its random number for a token is found by the token's index, so neither its company nor
/// being preempted and computed again shows in what is drawn.
/// </summary>
internal sealed class Choice
{
    private readonly int[] _tokens;
    private readonly CounterRandom _random;
    private readonly ITokenGuide? _guide;

    /// <summary>Continuation <paramref name="index"/> of a request.</summary>
    public Choice(Ticket ticket, int index)
    {
        Ticket = ticket;
        Index = index;
        _tokens = new int[ticket.Prompt.Length + ticket.Limit];
        ticket.Prompt.CopyTo(_tokens, 0);
        Count = ticket.Prompt.Length;
        _random = new CounterRandom(ticket.Request.Draw.Seed, "answer").Split((ulong)index);
        _guide = ticket.Request.Guide?.Invoke(index);
    }

    /// <summary>The request.</summary>
    public Ticket Ticket { get; }

    /// <summary>Which continuation, from 0.</summary>
    public int Index { get; }

    /// <summary>Older ones first; 128 choices a request at most.</summary>
    public long Order => (Ticket.Order << 7) + Index;

    /// <summary>Prompt and what was drawn.</summary>
    public ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, Count);

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>Tokens whose keys and values are in the cache.</summary>
    public int Computed { get; set; }

    /// <summary>Tokens that are to be fed; 1 while it decodes.</summary>
    public int Pending => Count - Computed;

    /// <summary>Rows its owner was charged for.</summary>
    public int Charged { get; set; }

    /// <summary>Its number in the cache; null while it waits.</summary>
    public int? Kv { get; set; }

    /// <summary>Set when it has ended.</summary>
    public FinishReason? Finish { get; private set; }

    /// <summary>Draws the next token from its logits and reports it.</summary>
    public void Draw(ReadOnlySpan<float> logits, DrawChain chain, TokenMask mask)
    {
        int drawn = Count - Ticket.Prompt.Length;
        int token = _guide?.Force()
            ?? chain.Draw(logits, Ticket.Rules, Tokens, Ticket.Prompt.Length, Restricted(mask), _random.At((ulong)drawn).NextSingle());
        var said = new TokenLogProb(token, Softmax.LogProb(logits, 1, token));
        IReadOnlyList<TokenLogProb> top = Ticket.Request.TopLogProbs > 0 ? chain.Top(logits, Ticket.Request.TopLogProbs) : [];
        _tokens[Count++] = token;
        _guide?.Accept(token);
        Finish = _guide?.Ended ?? End(token);
        Ticket.HasToken = true;
        Ticket.Stream.Say(new(Index, said, top, Finish));
    }

    private TokenMask? Restricted(TokenMask mask)
    {
        if (_guide is null)
        {
            return null;
        }

        mask.AllowAll();
        return _guide.Restrict(mask) ? mask : null;
    }

    private FinishReason? End(int token)
    {
        if (Array.IndexOf(Ticket.StopTokens, token) >= 0)
        {
            return FinishReason.Stop;
        }

        return Count == _tokens.Length ? FinishReason.Length : null;
    }
}
