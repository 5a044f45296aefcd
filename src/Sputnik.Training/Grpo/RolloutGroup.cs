namespace Sputnik.Training;

/// <summary>The responses to one problem; the mean of their rewards is each one's baseline.</summary>
/// <param name="Rollouts">At least two.</param>
public sealed record RolloutGroup(IReadOnlyList<Rollout> Rollouts);
