namespace Sputnik.Server;

/// <summary>Counts of a ledger's line.</summary>
/// <param name="Requests">Requests answered.</param>
/// <param name="Prompt">Tokens of prompts.</param>
/// <param name="Completion">Tokens drawn, thinking included.</param>
/// <param name="Reasoning">Tokens of thinking.</param>
public readonly record struct LedgerTokens(long Requests, long Prompt, long Completion, long Reasoning);
