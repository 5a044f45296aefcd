using System.Globalization;
using System.Text.Json;
using Sputnik.Models;

namespace Sputnik.Training;

/// <summary>
/// Everything a run leaves behind: run.json (what it is), metrics.jsonl (a line a step), rollouts.jsonl (samples with their
/// verdicts) and checkpoints/. The process may be killed at any moment; the last checkpoint stays whole.
/// </summary>
public sealed class RunFolder : IDisposable
{
    internal const string IdentityFile = "run.json";
    internal const string MetricsFile = "metrics.jsonl";
    internal const string RolloutsFile = "rollouts.jsonl";
    internal const string EvaluationsFolder = "evaluations";
    internal const string SummaryFile = "summary.json";

    private readonly CheckpointStore _checkpoints;
    private readonly JsonLinesLog _metrics;
    private readonly JsonLinesLog _rollouts;

    private RunFolder(string path, RunIdentity identity)
    {
        Path = path;
        Identity = identity;
        string checkpoints = Directory.CreateDirectory(System.IO.Path.Combine(path, "checkpoints")).FullName;
        _checkpoints = new(checkpoints);
        _metrics = new(System.IO.Path.Combine(path, MetricsFile));
        _rollouts = new(System.IO.Path.Combine(path, RolloutsFile));
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>What the run is.</summary>
    public RunIdentity Identity { get; }

    /// <summary>Starts a run in a folder that has none.</summary>
    public static RunFolder Create(string path, RunIdentity identity)
    {
        string file = System.IO.Path.Combine(path, IdentityFile);
        if (File.Exists(file))
        {
            throw new ArgumentException($"'{path}' already holds a run; resume it or choose another folder.", nameof(path));
        }

        Directory.CreateDirectory(path);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(identity, RunJsonContext.Default.RunIdentity);
        AtomicFile.Write(file, stream => stream.Write(json));
        return new(path, identity);
    }

    /// <summary>Opens a run that was started before.</summary>
    /// <exception cref="InvalidDataException">run.json is damaged.</exception>
    public static RunFolder Open(string path)
    {
        string file = System.IO.Path.Combine(path, IdentityFile);
        try
        {
            RunIdentity? identity = JsonSerializer.Deserialize(File.ReadAllBytes(file), RunJsonContext.Default.RunIdentity);
            return new(path, identity ?? throw new InvalidDataException($"{file}: the run is null."));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file}: {error.Message}", error);
        }
    }

    /// <summary>Appends a line to metrics.jsonl.</summary>
    public void Log(StepRecord step) => _metrics.Append(JsonSerializer.SerializeToUtf8Bytes(step, RunLineContext.Default.StepRecord));

    /// <summary>Writes an evaluation; one of the same stage, step and split gives way.</summary>
    public void Write(EvaluationRecord evaluation)
    {
        string folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, EvaluationsFolder)).FullName;
        string name = string.Create(CultureInfo.InvariantCulture, $"{evaluation.Stage}-{evaluation.Step:D6}-{evaluation.Split.ToString().ToLowerInvariant()}.json");
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(evaluation, RunJsonContext.Default.EvaluationRecord);
        AtomicFile.Write(System.IO.Path.Combine(folder, name), stream => stream.Write(json));
    }

    /// <summary>Writes how the run ended.</summary>
    public void Write(RunSummary summary)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(summary, RunJsonContext.Default.RunSummary);
        AtomicFile.Write(System.IO.Path.Combine(Path, SummaryFile), stream => stream.Write(json));
    }

    /// <summary>Appends a line to rollouts.jsonl.</summary>
    public void Log(RolloutSample sample) => _rollouts.Append(JsonSerializer.SerializeToUtf8Bytes(sample, RunLineContext.Default.RolloutSample));

    /// <summary>Writes a checkpoint. When this returns it is the one a resumed run starts from.</summary>
    /// <param name="state">Where the run stands; lengths of logs, optimizer steps and files are filled in here.</param>
    /// <param name="model">The model in training.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="reference">The reference policy, where there is one.</param>
    public void Save(RunState state, ILanguageModel model, Optimizer optimizer, ILanguageModel? reference = null)
    {
        _metrics.Sync();
        _rollouts.Sync();
        RunState complete = state with
        {
            OptimizerSteps = optimizer.Steps,
            MetricsBytes = _metrics.Bytes,
            RolloutsBytes = _rollouts.Bytes,
        };
        _checkpoints.Write(complete, folder =>
        {
            ModelFolder.Save(model, System.IO.Path.Combine(folder, SavedCheckpoint.ModelFolderName));
            WeightFile.Write(System.IO.Path.Combine(folder, SavedCheckpoint.OptimizerFile), optimizer.State);
            if (reference is not null)
            {
                ModelFolder.Save(reference, System.IO.Path.Combine(folder, SavedCheckpoint.ReferenceFolderName));
            }
        });
    }

    /// <summary>
    /// The last checkpoint, with the logs cut back to its step; null where there is none, and then the logs start anew.
    /// </summary>
    /// <exception cref="InvalidDataException">A file of the checkpoint is missing or damaged; the message names it.</exception>
    public SavedCheckpoint? Resume()
    {
        (RunState State, string Folder)? latest = _checkpoints.Latest();
        _metrics.CutBack(latest?.State.MetricsBytes ?? 0);
        _rollouts.CutBack(latest?.State.RolloutsBytes ?? 0);
        return latest is { } found ? new(found.State, found.Folder) : null;
    }

    /// <summary>Closes the logs.</summary>
    public void Dispose()
    {
        _metrics.Dispose();
        _rollouts.Dispose();
    }
}
