namespace Sputnik.Training;

/// <summary>How a stage steps its weights.</summary>
public sealed record OptimizerConfig
{
    /// <summary>Embeddings, head, gates and gains; hidden matrices too where <see cref="Muon"/> is null.</summary>
    public AdamWConfig AdamW { get; init; } = new();

    /// <summary>Hidden matrices; null leaves them to AdamW, as our reinforcement learning does.</summary>
    public MuonConfig? Muon { get; init; } = new();

    /// <summary>What becomes of the learning rates over the steps.</summary>
    public LearningRateSchedule Schedule { get; init; } = new();

    /// <summary>Longest gradient, over all weights together. DeepSeek-V3 used 1.</summary>
    public float ClipNorm { get; init; } = 1;

    /// <summary>This, or an exception that names the value and what would be right.</summary>
    public OptimizerConfig Validate()
    {
        AdamW.Validate();
        Muon?.Validate();
        Schedule.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ClipNorm);
        return this;
    }
}
