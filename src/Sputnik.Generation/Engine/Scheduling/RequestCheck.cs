namespace Sputnik.Generation;

/// <summary>The engine's public edge.</summary>
internal static class RequestCheck
{
    // OpenAI's limits of n and top_logprobs.
    public const int MaxChoices = 128;
    private const int MaxTopLogProbs = 20;

    /// <summary>Says what a request asks that cannot be.</summary>
    public static void Check(TokenRequest request, int[] prompt, int vocabularySize, int contextTokens)
    {
        if (prompt.Length == 0)
        {
            throw new ArgumentException("The prompt has no tokens.", nameof(request));
        }

        if (prompt.Length + (request.Embedding ? 0 : 1) > contextTokens)
        {
            throw new ContextOverflowException(prompt.Length, contextTokens);
        }

        foreach (int token in prompt)
        {
            if ((uint)token >= (uint)vocabularySize)
            {
                throw new ArgumentException($"The prompt has token {token}; the vocabulary has {vocabularySize}.", nameof(request));
            }
        }

        if (request.Embedding && (request.MaxNewTokens != 0 || request.Choices != 1 || request.PromptLogProbs || request.Guide is not null))
        {
            throw new ArgumentException("An embedding draws nothing: MaxNewTokens must be 0, Choices 1, without Guide and PromptLogProbs.", nameof(request));
        }

        Range(nameof(request.MaxNewTokens), request.MaxNewTokens, request.Embedding ? 0 : 1, int.MaxValue);
        Range(nameof(request.Choices), request.Choices, 1, MaxChoices);
        Range(nameof(request.TopLogProbs), request.TopLogProbs, 0, MaxTopLogProbs);
        ArgumentNullException.ThrowIfNull(request.Owner);
    }

    private static void Range(string name, int value, int minimum, int maximum)
    {
        if (value < minimum || value > maximum)
        {
            throw new ArgumentException($"{name} must be from {minimum} to {maximum}, got {value}.");
        }
    }
}
