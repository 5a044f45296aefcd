using Sputnik.Models;

namespace Sputnik.Training;

/// <summary>A checkpoint whose files have been compared with their hashes.</summary>
public sealed class SavedCheckpoint
{
    internal const string ModelFolderName = "model";
    internal const string ReferenceFolderName = "reference";
    internal const string OptimizerFile = "optimizer.safetensors";

    private readonly string _folder;

    internal SavedCheckpoint(RunState state, string folder)
    {
        State = state;
        _folder = folder;
    }

    /// <summary>Where the run stood.</summary>
    public RunState State { get; }

    /// <summary>The model as it was, in new memory.</summary>
    public ILanguageModel OpenModel() => ModelFolder.Open(Path.Combine(_folder, ModelFolderName));

    /// <summary>The reference policy as it was, in new memory; null where there was none.</summary>
    public ILanguageModel? OpenReference()
    {
        string folder = Path.Combine(_folder, ReferenceFolderName);
        return Directory.Exists(folder) ? ModelFolder.Open(folder) : null;
    }

    /// <summary>Makes <paramref name="optimizer"/> go on where the stored one stood.</summary>
    public void Restore(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        WeightFile.Read(Path.Combine(_folder, OptimizerFile), optimizer.State);
        optimizer.Resume(State.OptimizerSteps);
    }
}
