namespace Sputnik.Training;

/// <summary>What one <see cref="GrpoUpdate"/> saw and did.</summary>
public sealed record GrpoReport
{
    /// <summary>
    /// Loss of the step, the mean over its optimizer steps. On-policy the ratio is 1 and advantages cancel, so it is near 0
    /// by construction; the gradient is not. Watch the reward and <see cref="GradientNorm"/>.
    /// </summary>
    public double Loss { get; init; }

    /// <summary>Mean k3 to the reference policy over the trained tokens; 0 without one.</summary>
    public double Kl { get; init; }

    /// <summary>Share of the trained tokens whose ratio was clipped; 0 on-policy.</summary>
    public double ClipFraction { get; init; }

    /// <summary>Mean −log π of the trained tokens: an estimate of the entropy of the policy.</summary>
    public double Entropy { get; init; }

    /// <summary>Length of the whole gradient before clipping, the mean over optimizer steps.</summary>
    public double GradientNorm { get; init; }

    /// <summary>What the schedule made of the learning rates.</summary>
    public float RateFactor { get; init; }

    /// <summary>Optimizer steps taken; 0 when no group had anything to teach.</summary>
    public int OptimizerSteps { get; init; }

    /// <summary>Response tokens learned, over all inner epochs.</summary>
    public long TokensTrained { get; init; }

    /// <summary>Rows that went forward and back, prompts included.</summary>
    public long RowsTrained { get; init; }

    /// <summary>Share of the groups whose rewards were all alike.</summary>
    public double ZeroVarianceFraction { get; init; }

    /// <summary>Mean reward over all responses, those left out included.</summary>
    public double Reward { get; init; }

    /// <summary>Mean response length in tokens, those left out included.</summary>
    public double Length { get; init; }

    /// <summary>Largest over mean expert load of the worst layer in the last optimizer step; 0 for a dense model.</summary>
    public float Imbalance { get; init; }
}
