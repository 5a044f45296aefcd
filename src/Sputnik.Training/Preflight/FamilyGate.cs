using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>Whether thinking pays in one family.</summary>
/// <param name="Family">The family.</param>
/// <param name="Direct">Accuracy of well-formed direct answers; null where there are too few.</param>
/// <param name="BestStyle">The thinking style that is most often right; null where none has enough responses.</param>
/// <param name="Thinking">Its accuracy among well-formed responses.</param>
/// <param name="Holds">Whether reinforcement learning can find thinking here.</param>
/// <param name="Why">The reason in a sentence.</param>
public sealed record FamilyGate(string Family, double? Direct, Style? BestStyle, double? Thinking, bool Holds, string Why);
