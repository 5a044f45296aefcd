using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>
/// Group relative policy optimisation, every choice by name. The defaults are those that our small bases learned with; what
/// R1 and DAPO chose stands beside them.
/// </summary>
public sealed record GrpoConfig
{
    /// <summary>Completions per problem. The group mean is the baseline, so at least 2. R1 used 16.</summary>
    public int GroupSize { get; init; } = 8;

    /// <summary>Problems per step. R1 used 32.</summary>
    public int PromptsPerStep { get; init; } = 32;

    /// <summary>Where the ratio is clipped. R1's is <see cref="ClipRange.R1"/>.</summary>
    public ClipRange Clip { get; init; } = ClipRange.Dapo;

    /// <summary>
    /// Weight of the divergence from the reference policy (k3). R1 used 0.001, DAPO 0; 0.05 kept our models checking their steps.
    /// </summary>
    public float KlBeta { get; init; }

    /// <summary>Steps after which the reference policy becomes the latest policy; 0 = never. R1 used 400.</summary>
    public int ReferenceRefreshSteps { get; init; }

    /// <summary>How the losses of tokens become one number. R1: <see cref="LossAggregation.SequenceMean"/>.</summary>
    public LossAggregation Aggregation { get; init; } = LossAggregation.TokenMean;

    /// <summary>What advantages are divided by. R1: the group's standard deviation.</summary>
    public AdvantageNormalisation Advantage { get; init; } = AdvantageNormalisation.GroupStd;

    /// <summary>Taken from the count in a standard deviation: 0 divides by n, 1 by n − 1. TRL and verl use 1; R1 does not say.</summary>
    public int DegreesOfFreedomLost { get; init; }

    /// <summary>Added to a standard deviation. TRL uses 1e-4, verl 1e-6; ours was 1e-3.</summary>
    public float AdvantageEpsilon { get; init; } = 1e-3f;

    /// <summary>Groups whose rewards are all alike are left out of the update (DAPO's dynamic sampling).</summary>
    public bool DropZeroVariance { get; init; } = true;

    /// <summary>How often a step may sample other problems in place of groups that were left out. DAPO refills until full.</summary>
    public int RefillAttempts { get; init; }

    /// <summary>Last tokens over which the soft penalty on length falls from 0 to −1. DAPO: 4,096 of 20,480.</summary>
    public int OverlongTokens { get; init; } = 36;

    /// <summary>Weight of that penalty in the reward. DAPO uses 1, R1 none.</summary>
    public float OverlongWeight { get; init; }

    /// <summary>What a reward is made of.</summary>
    public RewardWeights Reward { get; init; } = new();

    /// <summary>Divides the logits, in rollouts and in training alike. R1 used 1, and 0.7 in its last stage.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>Longest response in tokens. R1 used 32,768.</summary>
    public int MaxNewTokens { get; init; } = 180;

    /// <summary>Times each rollout is trained on. R1 used 1.</summary>
    public int InnerEpochs { get; init; } = 1;

    /// <summary>Optimizer steps one set of rollouts is cut into. 1 with one epoch is strictly on-policy; R1 used 16.</summary>
    public int Minibatches { get; init; } = 1;

    /// <summary>Whether every token is trained by the very policy that sampled it.</summary>
    public bool IsOnPolicy => InnerEpochs == 1 && Minibatches == 1;

    /// <summary>This, or an exception that names the value and what would be right.</summary>
    public GrpoConfig Validate()
    {
        Require(GroupSize >= 2, nameof(GroupSize), GroupSize, "at least 2, because the mean of the group is the baseline");
        Require(PromptsPerStep >= 1, nameof(PromptsPerStep), PromptsPerStep, "at least 1");
        Require(Clip.Low > 0 && Clip.High > 0, nameof(Clip), Clip, "positive on both sides");
        Require(KlBeta >= 0, nameof(KlBeta), KlBeta, "0 or more");
        Require(ReferenceRefreshSteps >= 0, nameof(ReferenceRefreshSteps), ReferenceRefreshSteps, "0 (never) or more");
        Require(DegreesOfFreedomLost is 0 or 1, nameof(DegreesOfFreedomLost), DegreesOfFreedomLost, "0 or 1");
        Require(AdvantageEpsilon > 0, nameof(AdvantageEpsilon), AdvantageEpsilon, "positive");
        Require(RefillAttempts >= 0, nameof(RefillAttempts), RefillAttempts, "0 or more");
        Require(RefillAttempts == 0 || DropZeroVariance, nameof(RefillAttempts), RefillAttempts, "0 unless DropZeroVariance leaves places to refill");
        Require(OverlongWeight >= 0, nameof(OverlongWeight), OverlongWeight, "0 or more");
        Reward.Validate();
        Require(Temperature > 0, nameof(Temperature), Temperature, "positive: a greedy rollout has nothing to compare");
        Require(MaxNewTokens >= 1, nameof(MaxNewTokens), MaxNewTokens, "at least 1");
        Require(OverlongTokens > 0 && OverlongTokens <= MaxNewTokens, nameof(OverlongTokens), OverlongTokens, $"1 to MaxNewTokens ({MaxNewTokens})");
        Require(InnerEpochs >= 1, nameof(InnerEpochs), InnerEpochs, "at least 1");
        Require(Minibatches >= 1 && Minibatches <= PromptsPerStep, nameof(Minibatches), Minibatches, $"1 to PromptsPerStep ({PromptsPerStep})");
        return this;
    }

    private static void Require(bool holds, string name, object value, string right)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} is {value}; it has to be {right}.", name);
        }
    }
}
