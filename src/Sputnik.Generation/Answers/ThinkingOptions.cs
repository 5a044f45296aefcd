namespace Sputnik.Generation;

/// <summary>How long a model may think before it answers.</summary>
public sealed record ThinkingOptions
{
    /// <summary>Whether it thinks at all; null = as its template does by itself.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Tokens of thinking after which it is made to answer; null = as many as the answer may have, 0 = none.</summary>
    public int? Budget { get; init; }
}
