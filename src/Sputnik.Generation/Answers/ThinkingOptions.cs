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
}
