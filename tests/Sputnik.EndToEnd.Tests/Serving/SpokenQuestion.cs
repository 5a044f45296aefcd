namespace Sputnik.EndToEnd.Tests;

/// <summary>A question in words that every dialect has.</summary>
internal sealed record SpokenQuestion
{
    public string User { get; init; } = "x";

    public int MaxTokens { get; init; } = 160;

    /// <summary>Whether thinking is switched off.</summary>
    public bool Unthinking { get; init; }

    /// <summary>Whether it ends after a sixteenth of the tokens.</summary>
    public bool Brief { get; init; }

    /// <summary>JSON Schema of the answer.</summary>
    public string? Schema { get; init; }
}
