namespace Sputnik.Generation;

/// <summary>How an answer ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="StopString">The string that ended it; null where none did.</param>
/// <param name="InsideThinking">Whether it ended before the thinking was closed: there is no answer then.</param>
/// <param name="BudgetForced">Whether the thinking was closed for the model because its budget was used up or somebody asked for the answer.</param>
/// <param name="CompletionTokens">Tokens drawn, thinking and forced ones included.</param>
/// <param name="ThinkingTokens">Tokens between the tags, the tags not counted.</param>
public sealed record AnswerEnd(
    AnswerEndReason Reason, string? StopString, bool InsideThinking, bool BudgetForced, int CompletionTokens, int ThinkingTokens);
