namespace Sputnik.Generation;

/// <summary>Token ids that are to be continued.</summary>
public sealed record TokenRequest
{
    /// <summary>Ids of the prompt, one at least.</summary>
    public required IReadOnlyList<int> Prompt { get; init; }

    /// <summary>How tokens are drawn. Choice c draws from the stream (seed, c).</summary>
    public DrawSettings Draw { get; init; } = new();

    /// <summary>Tokens after which a choice ends as <see cref="FinishReason.Length"/>.</summary>
    public int MaxNewTokens { get; init; } = 256;

    /// <summary>Tokens that end a choice; they are reported.</summary>
    public IReadOnlyList<int> StopTokens { get; init; } = [];

    /// <summary>Continuations of the one prompt (OpenAI's n); they share its pages.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>
    /// Whose request it is: fair shares are between owners, and cached pages are found by their owner only. Derived by the
    /// server from the key, never taken from a request.
    /// </summary>
    public string Owner { get; init; } = "";

    /// <summary>Makes the guide of a choice; null where the model is free.</summary>
    public Func<int, ITokenGuide>? Guide { get; init; }

    /// <summary>Most likely tokens reported with each drawn one, 0 to 20.</summary>
    public int TopLogProbs { get; init; }

    /// <summary>Whether log-probs of the prompt's own tokens are wanted (completions with echo).</summary>
    public bool PromptLogProbs { get; init; }

    /// <summary>
    /// Whether the prompt's <see cref="TokenStream.Embedding"/> is wanted and nothing drawn: <see cref="MaxNewTokens"/> is then
    /// 0, and the prompt may fill the context.
    /// </summary>
    public bool Embedding { get; init; }
}
