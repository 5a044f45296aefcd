namespace Sputnik.Generation;

/// <summary>How long a model may think before it answers.</summary>
public sealed record ThinkingOptions
{
    /// <summary>What the model is made to think last when its budget is used up, so that no sentence is cut in the middle.</summary>
    internal const string BudgetMessage = "\n\nI have thought for long enough and answer with what I have found so far.\n";

    /// <summary>Whether it thinks at all; null = as its template does by itself.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Tokens of thinking after which it is made to answer; null = as many as the answer may have, 0 = none.</summary>
    public int? Budget { get; init; }

    /// <summary>
    /// The budget of an effort: a share of the tokens that the answer may have, so that a word means the same to a small context
    /// and to a large one. A fifth for low and half for medium are OpenRouter's shares for models with budgets, a sixteenth is ours.
    /// </summary>
    /// <param name="effort">The effort.</param>
    /// <param name="tokens">Tokens of thinking and answer together.</param>
    /// <returns>Tokens of thinking; null = no limit of its own.</returns>
    public static int? ShareOf(ThinkingEffort effort, int tokens) => effort switch
    {
        ThinkingEffort.None => 0,
        ThinkingEffort.Minimal => tokens / 16,
        ThinkingEffort.Low => tokens / 5,
        ThinkingEffort.Medium => tokens / 2,
        _ => null,
    };
}
