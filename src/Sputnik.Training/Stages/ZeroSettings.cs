namespace Sputnik.Training;

/// <summary>R1-Zero: GRPO on the base model with rule-based rewards, no fine-tuning in between.</summary>
public sealed record ZeroSettings
{
    /// <summary>Updates. R1-Zero took 10,400; 0 leaves the base model as it is.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>The objective and the sampling, every choice by name.</summary>
    public GrpoConfig Grpo { get; init; } = new();

    /// <summary>Steps the weights.</summary>
    public OptimizerConfig Optimizer { get; init; } = new() { Muon = null };

    /// <summary>Rows of a micro-batch: bounds the memory, changes no bit.</summary>
    public int MicroBatchRows { get; init; } = 2048;

    /// <summary>Returns itself, or says which value cannot be.</summary>
    public ZeroSettings Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Steps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MicroBatchRows);
        Grpo.Validate();
        Optimizer.Validate();
        return this;
    }
}
