namespace Sputnik.Server;

/// <summary>What tokens cost elsewhere, in USD for a million. Defaults: DeepSeek-R1's list price of January 2025, prompts not found in the cache.</summary>
public sealed record ApiPrice
{
    /// <summary>Tokens of prompts.</summary>
    public double Prompt { get; init; } = 0.55;

    /// <summary>Tokens drawn, thinking included.</summary>
    public double Completion { get; init; } = 2.19;

    /// <summary>USD that these tokens would have cost.</summary>
    public double Of(LedgerTokens tokens) => ((tokens.Prompt * Prompt) + (tokens.Completion * Completion)) / 1e6;
}
