namespace Sputnik.Tasks;

/// <summary>Accuracy among the responses of one family, difficulty or style; null where the group is not split by that.</summary>
/// <param name="Family">The family of the problems.</param>
/// <param name="Difficulty">The difficulty of the problems.</param>
/// <param name="Style">The style found in the responses.</param>
/// <param name="Accuracy">Share of right responses; its count is the number of responses.</param>
/// <param name="AccuracyWhenWellFormed">The same among responses of the asked form: what decides whether RL finds thinking worth it. Null where none is.</param>
public sealed record GroupScore(string? Family, int? Difficulty, Style? Style, Estimate Accuracy, Estimate? AccuracyWhenWellFormed);
