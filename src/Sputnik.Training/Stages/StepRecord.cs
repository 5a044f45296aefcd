namespace Sputnik.Training;

/// <summary>One optimizer step: a line of metrics.jsonl and what the terminal shows. Null: does not apply to the stage.</summary>
public sealed record StepRecord
{
    /// <summary>Name of the stage: pretrain or zero.</summary>
    public required string Stage { get; init; }

    /// <summary>Steps done in the stage, this one included.</summary>
    public required int Step { get; init; }

    /// <summary>Steps the stage will have.</summary>
    public required int Steps { get; init; }

    /// <summary>Tokens trained in the stage so far.</summary>
    public long Tokens { get; init; }

    /// <summary>Pretraining: mean −log p, in nats a token. GRPO: the objective's value, near zero when on-policy.</summary>
    public double Loss { get; init; }

    /// <summary>Learning rate of the step (AdamW's).</summary>
    public double LearningRate { get; init; }

    /// <summary>Norm of the gradient before clipping.</summary>
    public double GradientNorm { get; init; }

    /// <summary>Share of the step's rollouts with a correct answer.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Mean reward of the rollouts.</summary>
    public double? Reward { get; init; }

    /// <summary>Share of rollouts in the asked format.</summary>
    public double? Format { get; init; }

    /// <summary>Mean response length in tokens.</summary>
    public double? Length { get; init; }

    /// <summary>Mean number of checks in a response.</summary>
    public double? Checks { get; init; }

    /// <summary>Share of responses cut at the length limit.</summary>
    public double? Truncated { get; init; }

    /// <summary>Share of groups whose rewards are all equal and teach nothing.</summary>
    public double? ZeroVariance { get; init; }

    /// <summary>Mean KL divergence (k3) to the reference policy, in nats a token.</summary>
    public double? Kl { get; init; }

    /// <summary>Share of tokens whose ratio was clipped; 0 on-policy.</summary>
    public double? ClipFraction { get; init; }

    /// <summary>Mean −log π of the trained tokens: an estimate of the policy's entropy in nats.</summary>
    public double? Entropy { get; init; }

    /// <summary>Largest over mean expert load of the worst layer; 1 is even.</summary>
    public double? ExpertImbalance { get; init; }

    /// <summary>Seconds of the step.</summary>
    public double Seconds { get; init; }

    /// <summary>Rows computed a second, rollouts and training together.</summary>
    public double TokensPerSecond { get; init; }

    /// <summary>GFLOP/s by 2·N a token generated and 6·N a token trained, N the active parameters.</summary>
    public double Gflops { get; init; }

    /// <summary>That as a share of the FMA peak measured at the start of the run.</summary>
    public double PeakShare { get; init; }

    /// <summary>Processor hours of the run so far, all threads.</summary>
    public double CpuHours { get; init; }

    /// <summary>Estimate of the seconds the stage still needs.</summary>
    public double SecondsLeft { get; init; }
}
