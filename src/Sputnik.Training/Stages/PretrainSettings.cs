namespace Sputnik.Training;

/// <summary>How the base model is trained.</summary>
public sealed record PretrainSettings
{
    /// <summary>Tokens to read in all.</summary>
    public long Tokens { get; init; } = 1_600_000;

    /// <summary>Tokens of a step. Small steps decide at this scale (recipe: 1,536 against 8,192).</summary>
    public int TokensPerStep { get; init; } = 1536;

    /// <summary>Steps the weights: Muon on hidden matrices, AdamW on the rest.</summary>
    public OptimizerConfig Optimizer { get; init; } = new();

    /// <summary>How far a router's selection bias moves in a step. DeepSeek-V3: 0.001; small models read fewer tokens and need more.</summary>
    public float RouterBiasStep { get; init; } = 0.003f;

    /// <summary>Rows of a micro-batch: bounds the memory, changes no bit.</summary>
    public int MicroBatchRows { get; init; } = 1536;

    /// <summary>Steps in all.</summary>
    public long Steps => Math.Max(1, Tokens / TokensPerStep);

    /// <summary>Returns itself, or says which value cannot be.</summary>
    public PretrainSettings Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Tokens);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TokensPerStep);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MicroBatchRows);
        ArgumentOutOfRangeException.ThrowIfNegative(RouterBiasStep);
        Optimizer.Validate();
        return this;
    }
}
