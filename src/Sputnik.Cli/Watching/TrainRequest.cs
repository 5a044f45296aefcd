using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>What a train command asks for.</summary>
internal sealed record TrainRequest
{
    /// <summary>Recipe folder or file.</summary>
    public string? Recipe { get; init; }

    /// <summary>Run folder of a new run.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether a run goes on.</summary>
    public bool Resumes { get; init; }

    /// <summary>Which one; null for the latest.</summary>
    public string? ResumedFolder { get; init; }

    /// <summary>Changes of the recipe, key=value.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    public RunOptions Options { get; init; } = new();

    /// <summary>USD for an hour of one core.</summary>
    public double Price { get; init; }

    public bool Json { get; init; }

    /// <summary>The run that is meant, or an error that says why none can be.</summary>
    public RunPlan ToPlan()
    {
        if (!Resumes)
        {
            return RunPlan.New(Recipe, Changes, Folder);
        }

        return Folder is null
            ? RunPlan.Resumed(Recipe, Changes, ResumedFolder)
            : throw new ArgumentException("--out names a new run; a resumed one stays in its folder.");
    }
}
