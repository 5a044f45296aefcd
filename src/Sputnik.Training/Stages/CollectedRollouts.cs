namespace Sputnik.Training;

/// <summary>The rollouts of one step: as groups for the trainer, as judged answers for the log.</summary>
internal sealed class CollectedRollouts(
    IReadOnlyList<RolloutGroup> groups, IReadOnlyList<JudgedResponse> responses, IReadOnlyList<float> rewards)
{
    // Of each step so many answers go to rollouts.jsonl.
    private const int Sampled = 4;

    public IReadOnlyList<RolloutGroup> Groups => groups;

    /// <summary>Mean of a property over all answers.</summary>
    public double Mean(Func<JudgedResponse, double> property) => responses.Average(property);

    /// <summary>A few answers, spread over the step, for people to read.</summary>
    public IEnumerable<RolloutSample> Samples(string stage, int step)
    {
        int stride = Math.Max(1, responses.Count / Sampled);
        for (int i = 0; i < responses.Count && i / stride < Sampled; i += stride)
        {
            JudgedResponse answer = responses[i];
            yield return new()
            {
                Stage = stage,
                Step = step,
                Family = answer.Problem.Family,
                Prompt = answer.Problem.Prompt,
                Response = answer.Text,
                Score = answer.Verdict.Score,
                Why = answer.Verdict.Why,
                Reward = rewards[i],
                Tokens = answer.Completion.Tokens.Length,
            };
        }
    }
}
