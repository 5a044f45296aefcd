namespace Sputnik.Server;

/// <summary>What a request came to.</summary>
/// <param name="Usage">Its tokens.</param>
/// <param name="ResponseId">The id its client knows.</param>
/// <param name="FinishReasons">Why its answers ended.</param>
/// <param name="Failure">Why there is none; null where there is.</param>
internal sealed record RequestOutcome(AnswerUsage Usage, string ResponseId, IReadOnlyList<string> FinishReasons, string? Failure);
