namespace Sputnik.Training;

/// <summary>How the losses of tokens become one number.</summary>
public enum LossAggregation
{
    /// <summary>Mean over tokens within a sequence, then mean over sequences: short answers weigh more per token. GRPO as in R1.</summary>
    SequenceMean,

    /// <summary>Mean over all tokens of the step. DAPO, arXiv 2503.14476.</summary>
    TokenMean,

    /// <summary>Sum over tokens, divided by sequences times <see cref="GrpoConfig.MaxNewTokens"/>. Dr. GRPO, arXiv 2503.20783.</summary>
    Constant,
}
