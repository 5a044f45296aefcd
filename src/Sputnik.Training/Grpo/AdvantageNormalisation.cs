namespace Sputnik.Training;

/// <summary>What a reward less the mean of its group is divided by.</summary>
public enum AdvantageNormalisation
{
    /// <summary>Nothing. Dr. GRPO, arXiv 2503.20783.</summary>
    MeanOnly,

    /// <summary>The standard deviation of its group, as the R1 paper writes it.</summary>
    GroupStd,

    /// <summary>The standard deviation of all rewards of the step. Lite-PPO, arXiv 2508.08221.</summary>
    BatchStd,
}
