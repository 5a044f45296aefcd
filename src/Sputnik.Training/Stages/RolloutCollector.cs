using Sputnik.Generation;
using Sputnik.Tasks;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Training;

/// <summary>Samples the groups of one step and rewards them.</summary>
internal sealed class RolloutCollector(Generator generator, Tokenizer tokenizer, ProblemSource problems, GrpoConfig config)
{
    private readonly ProblemRunner _runner = new(generator, tokenizer, new(problems.Families));

    /// <summary>
    /// One group for each of the step's problems; with refills (DAPO's dynamic sampling) other problems are asked in place
    /// of groups whose rewards are all alike.
    /// </summary>
    public CollectedRollouts Collect(CounterRandom problemStream, CounterRandom sampleStream)
    {
        List<RolloutGroup> groups = [];
        List<JudgedResponse> responses = [];
        List<float> rewards = [];
        int wanted = config.PromptsPerStep;
        for (int attempt = 0; attempt <= config.RefillAttempts && wanted > 0; attempt++)
        {
            CounterRandom draw = problemStream.Split((ulong)attempt);
            Problem[] asked = [.. Enumerable.Range(0, wanted).Select(i => problems.Draw(Split.Train, draw.Split((ulong)i)))];
            foreach (JudgedResponse[] answers in _runner.Ask(asked, config.GroupSize, config.Temperature, config.MaxNewTokens, sampleStream.Split((ulong)attempt)))
            {
                int[] prompt = _runner.Prompt(answers[0].Problem);
                RolloutGroup group = new([.. answers.Select(a => Rewarded(prompt, a))]);
                groups.Add(group);
                responses.AddRange(answers);
                rewards.AddRange(group.Rollouts.Select(r => r.Reward));
                wanted -= Advantages.IsZeroVariance([.. group.Rollouts.Select(r => r.Reward)]) ? 0 : 1;
            }
        }

        return new(groups, responses, rewards);
    }

    private Rollout Rewarded(int[] prompt, JudgedResponse answer)
    {
        int[] tokens = answer.Completion.Tokens;
        return new(prompt, tokens, answer.Completion.LogProbs, RolloutReward.Of(answer.Verdict, answer.Text, tokens.Length, config));
    }
}
