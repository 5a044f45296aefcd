using Sputnik.Models;

namespace Sputnik.Training;

/// <summary>
/// One update of group relative policy optimisation: rollouts in, a better policy out. Loss and gradient do not depend on the
/// micro-batches, to the bit; on-policy the trainer's log-probabilities are held to the rollout's.
/// </summary>
public sealed class GrpoUpdate
{
    private readonly ILanguageModel _policy;
    private readonly Optimizer _optimizer;
    private readonly SequencePass _pass;
    private readonly SequencePass? _reference;
    private readonly GrpoConfig _config;

    /// <summary>An update of <paramref name="policy"/>.</summary>
    /// <param name="policy">What learns.</param>
    /// <param name="optimizer">Steps the weights of <paramref name="policy"/>.</param>
    /// <param name="pass">Runs <paramref name="policy"/>.</param>
    /// <param name="reference">Runs the frozen copy the policy stays near; needed where <see cref="GrpoConfig.KlBeta"/> is above 0.</param>
    /// <param name="config">Every choice by name.</param>
    public GrpoUpdate(ILanguageModel policy, Optimizer optimizer, SequencePass pass, SequencePass? reference, GrpoConfig config)
    {
        _policy = policy;
        _optimizer = optimizer;
        _pass = pass;
        _config = config.Validate();
        if (config.KlBeta > 0 && reference is null)
        {
            throw new ArgumentException($"KlBeta is {config.KlBeta}: a reference policy is needed.", nameof(reference));
        }

        _reference = config.KlBeta > 0 ? reference : null;
    }

    /// <summary>Trains on <paramref name="groups"/>. Where no group has anything to teach nothing changes, and the report says so.</summary>
    public GrpoReport Run(IReadOnlyList<RolloutGroup> groups)
    {
        List<TrainedResponse> responses = Choose(groups, out int zeroVariance);
        List<Rollout> all = [.. groups.SelectMany(g => g.Rollouts)];
        GrpoReport report = new()
        {
            ZeroVarianceFraction = (double)zeroVariance / groups.Count,
            Reward = all.Average(r => (double)r.Reward),
            Length = all.Average(r => (double)r.Response.Length),
            RowsTrained = _config.InnerEpochs * responses.Sum(r => (long)r.Sequence.Rows),
        };
        float[][]? reference = _reference?.Score([.. responses.Select(r => r.Sequence)], _config.Temperature);
        GrpoTally tally = new();
        bool untouched = true;
        for (int epoch = 0; epoch < _config.InnerEpochs; epoch++)
        {
            foreach (Range part in Parts(responses, groups.Count))
            {
                Learn(responses[part], reference?[part], untouched, tally);
                OptimizerReport step = _optimizer.Step();
                tally.Add(step);
                untouched = false;
                report = report with { RateFactor = step.RateFactor, Imbalance = RouterBalance.Update(_policy, biasStep: 0) };
            }
        }

        return tally.Into(report);
    }

    private void Learn(List<TrainedResponse> responses, float[][]? reference, bool untouched, GrpoTally tally)
    {
        double[] weights = TokenWeights.Of(
            [.. responses.Select(r => r.Rollout.Response.Length)], _config.Aggregation, _config.MaxNewTokens);
        _pass.Learn([.. responses.Select(r => r.Sequence)], _config.Temperature, (i, logProbs, seeds) =>
        {
            TrainedResponse response = responses[i];
            if (untouched)
            {
                ParityCheck.Check(response, logProbs);
            }

            for (int t = 0; t < logProbs.Length; t++)
            {
                TokenLoss token = ClippedObjective.Of(
                    logProbs[t], response.Rollout.LogProbs[t], reference?[i][t], response.Advantage, _config);
                seeds[t] = (float)(weights[i] * token.Derivative);
                tally.Add(token, weights[i], logProbs[t]);
            }
        });
    }

    /// <summary>The responses that are trained on, in the order of the groups.</summary>
    private List<TrainedResponse> Choose(IReadOnlyList<RolloutGroup> groups, out int zeroVariance)
    {
        if (groups.Count == 0)
        {
            throw new ArgumentException("An update needs at least one group.", nameof(groups));
        }

        float[][] rewards = [.. groups.Select(g => g.Rollouts.Select(r => r.Reward).ToArray())];
        float[][] advantages = Advantages.Of(rewards, _config);
        List<TrainedResponse> chosen = [];
        zeroVariance = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            bool alike = Advantages.IsZeroVariance(rewards[g]);
            zeroVariance += alike ? 1 : 0;
            for (int i = 0; i < rewards[g].Length && !(alike && _config.DropZeroVariance); i++)
            {
                Rollout rollout = groups[g].Rollouts[i];
                if (rollout.LogProbs.Length != rollout.Response.Length)
                {
                    throw new ArgumentException(
                        $"Group {g}, response {i} has {rollout.Response.Length} tokens and {rollout.LogProbs.Length} log-probabilities.", nameof(groups));
                }

                chosen.Add(new(g, i, rollout, advantages[g][i]));
            }
        }

        return chosen;
    }

    /// <summary>One part of the responses for each optimizer step: whole groups, as even as can be; parts without responses fall away.</summary>
    private IEnumerable<Range> Parts(List<TrainedResponse> responses, int groups)
    {
        int from = 0;
        for (int part = 1; part <= _config.Minibatches; part++)
        {
            int to = from;
            while (to < responses.Count && (long)responses[to].Group * _config.Minibatches < (long)part * groups)
            {
                to++;
            }

            if (to > from)
            {
                yield return from..to;
            }

            from = to;
        }
    }
}
