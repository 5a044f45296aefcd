namespace Sputnik.Generation;

/// <summary>A request on its way through the engine.</summary>
internal sealed class Ticket
{
    private readonly List<TokenLogProb> _promptLogProbs = [];

    /// <summary>Checks a request against the model and the context.</summary>
    /// <param name="stream">Where its tokens go.</param>
    /// <param name="vocabularySize">Of the model.</param>
    /// <param name="contextTokens">Longest sequence.</param>
    public Ticket(TokenStream stream, int vocabularySize, int contextTokens)
    {
        Stream = stream;
        Prompt = [.. Request.Prompt];
        StopTokens = [.. Request.StopTokens];
        RequestCheck.Check(Request, Prompt, vocabularySize, contextTokens);
        Rules = new(Request.Draw, vocabularySize);
        Mean = Request.Embedding ? new() : null;
        Limit = Math.Min(Request.MaxNewTokens, contextTokens - Prompt.Length);
    }

    /// <summary>Where its tokens go.</summary>
    public TokenStream Stream { get; }

    /// <summary>What was asked.</summary>
    public TokenRequest Request => Stream.Request;

    /// <summary>How its tokens are drawn.</summary>
    public DrawRules Rules { get; }

    /// <summary>Token ids of the prompt.</summary>
    public int[] Prompt { get; }

    /// <summary>Tokens that end a choice.</summary>
    public int[] StopTokens { get; }

    /// <summary>Tokens drawn for a choice at most.</summary>
    public int Limit { get; }

    /// <summary>What becomes of its hidden states; null where logits are wanted.</summary>
    public HiddenMean? Mean { get; }

    /// <summary>Whose it is. Set as it enters the queue.</summary>
    public OwnerShare Owner { get; set; } = new();

    /// <summary>How many entered before it.</summary>
    public long Order { get; set; }

    /// <summary>Its continuations; empty before it begins.</summary>
    public IReadOnlyList<Choice> Choices { get; set; } = [];

    /// <summary>Continuations that have not ended.</summary>
    public int Open { get; set; }

    /// <summary>Whose cached pages it may use.</summary>
    public PrefixScope Scope { get; set; }

    /// <summary>When it entered the queue.</summary>
    public long Entered { get; set; }

    /// <summary>When it began.</summary>
    public long Began { get; set; }

    /// <summary>Whether any token was drawn.</summary>
    public bool HasToken { get; set; }

    /// <summary>Whether it is completed, failed or cancelled.</summary>
    public bool Ended { get; set; }

    /// <summary>Whether nobody waits for it any more.</summary>
    public bool Cancelled => Stream.Cancelled.IsCancellationRequested;

    /// <summary>Whether every row of the prompt is to be computed: pages that are kept do not do.</summary>
    public bool WantsPrompt => Mean is not null || WantsPromptLogits;

    /// <summary>Whether logits of prompt rows are still to come.</summary>
    public bool WantsPromptLogits => Request.PromptLogProbs && _promptLogProbs.Count < Prompt.Length - 1;

    /// <summary>Takes the log-prob of the prompt's token at a position, from the logits of the one before; a second time changes nothing.</summary>
    public void TakePrompt(int position, float logProb)
    {
        if (position == _promptLogProbs.Count + 1)
        {
            _promptLogProbs.Add(new(Prompt[position], logProb));
            Stream.PromptLogProbs = _promptLogProbs;
        }
    }
}
