namespace Sputnik.Training;

/// <summary>A rollout that is trained on, with what its group made of it.</summary>
/// <param name="Group">Number of its group in the step, for messages.</param>
/// <param name="Index">Its number in the group, for messages.</param>
/// <param name="Rollout">What was sampled.</param>
/// <param name="Advantage">How much better than its companions.</param>
internal sealed record TrainedResponse(int Group, int Index, Rollout Rollout, float Advantage)
{
    /// <summary>Prompt and response; the response is learned.</summary>
    public ScoredSequence Sequence { get; } = new([.. Rollout.Prompt, .. Rollout.Response], Rollout.Prompt.Length);
}
