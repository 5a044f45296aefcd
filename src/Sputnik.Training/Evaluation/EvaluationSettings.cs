namespace Sputnik.Training;

/// <summary>How often and on how much a model is judged. What is looked at on the way is the validation split; test and hard are read once, at the end.</summary>
public sealed record EvaluationSettings
{
    /// <summary>Zero steps between two evaluations.</summary>
    public int Every { get; init; } = 10;

    /// <summary>Problems of an evaluation on the way.</summary>
    public int Problems { get; init; } = 96;

    /// <summary>Samples a problem; cons@k votes over them.</summary>
    public int Samples { get; init; } = 16;

    /// <summary>Problems of the test and hard evaluations at the end.</summary>
    public int FinalProblems { get; init; } = 256;

    /// <summary>Returns itself, or says which value cannot be.</summary>
    public EvaluationSettings Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Every);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Problems);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FinalProblems);
        return this;
    }
}
