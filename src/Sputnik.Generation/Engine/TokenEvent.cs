namespace Sputnik.Generation;

/// <summary>One token of one choice.</summary>
/// <param name="Choice">Which continuation, from 0.</param>
/// <param name="Token">The token and its log-prob.</param>
/// <param name="Top">The most likely tokens instead, best first; empty where none were asked for.</param>
/// <param name="Finish">Set on the choice's last token.</param>
public readonly record struct TokenEvent(int Choice, TokenLogProb Token, IReadOnlyList<TokenLogProb> Top, FinishReason? Finish);
