namespace Sputnik.Generation;

/// <summary>A prompt that leaves no room for an answer.</summary>
public sealed class ContextOverflowException : ArgumentException
{
    /// <summary>Says both numbers.</summary>
    public ContextOverflowException(int promptTokens, int contextTokens)
        : base($"The prompt has {promptTokens} tokens; the context holds {contextTokens}, the answer included. Shorten the conversation or raise the context.") =>
        (PromptTokens, ContextTokens) = (promptTokens, contextTokens);

    /// <summary>Tokens of the prompt.</summary>
    public int PromptTokens { get; }

    /// <summary>Positions of the context.</summary>
    public int ContextTokens { get; }
}
