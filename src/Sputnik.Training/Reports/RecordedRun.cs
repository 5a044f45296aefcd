using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sputnik.Models;
using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>A run folder as it lies on the disk, read without touching it: while the run goes on, after it ended, or after it died.</summary>
public sealed class RecordedRun
{
    /// <summary>Name of the file that makes a folder a run.</summary>
    public const string IdentityFile = RunFolder.IdentityFile;

    private RecordedRun(string folder, RunIdentity identity)
    {
        Folder = folder;
        Identity = identity;
        Recipe = RecipeJson.FromElement(identity.Config);
        Steps = ReadLines(Path.Combine(folder, RunFolder.MetricsFile), RunLineContext.Default.StepRecord);
        Rollouts = ReadLines(Path.Combine(folder, RunFolder.RolloutsFile), RunLineContext.Default.RolloutSample);
        Evaluations = ReadEvaluations(Path.Combine(folder, RunFolder.EvaluationsFolder));
        string summary = Path.Combine(folder, RunFolder.SummaryFile);
        Summary = File.Exists(summary) ? Read(summary, RunJsonContext.Default.RunSummary) : null;
    }

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <summary>What the run is.</summary>
    public RunIdentity Identity { get; }

    /// <summary>Its recipe.</summary>
    public Recipe Recipe { get; }

    /// <summary>Every step, in order.</summary>
    public ImmutableArray<StepRecord> Steps { get; }

    /// <summary>Sampled responses, in order.</summary>
    public ImmutableArray<RolloutSample> Rollouts { get; }

    /// <summary>Every evaluation, by stage and step.</summary>
    public ImmutableArray<EvaluationRecord> Evaluations { get; }

    /// <summary>How it ended; null where it has not ended yet.</summary>
    public RunSummary? Summary { get; }

    /// <summary>The folder of the published model.</summary>
    public string ModelPath => Path.Combine(Folder, TrainingRun.ModelFolderName);

    /// <summary>Whether a folder holds a run.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, IdentityFile));

    /// <summary>Whether the run of a folder ended.</summary>
    public static bool IsFinished(string folder) => File.Exists(Path.Combine(folder, RunFolder.SummaryFile));

    /// <summary>When the run of a folder last did a step, UTC.</summary>
    public static DateTime LastWrite(string folder) => File.GetLastWriteTimeUtc(Path.Combine(folder, RunFolder.MetricsFile));

    /// <summary>Reads a run.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no run.</exception>
    /// <exception cref="InvalidDataException">A file of it is damaged; the message names it.</exception>
    public static RecordedRun Read(string folder) => Exists(folder)
        ? new(folder, Read(Path.Combine(folder, IdentityFile), RunJsonContext.Default.RunIdentity))
        : throw new DirectoryNotFoundException($"'{folder}' holds no run ({IdentityFile} is not there).");

    /// <summary>The steps of one stage.</summary>
    public ImmutableArray<StepRecord> StepsOf(string stage) => [.. Steps.Where(s => s.Stage == stage)];

    /// <summary>The evaluations of reinforcement learning on a split, by step; the first is of the base model.</summary>
    public ImmutableArray<EvaluationRecord> EvaluationsOn(Split split) =>
        [.. Evaluations.Where(e => e.Split == split && e.Stage == ZeroStage.Name).OrderBy(e => e.Step)];

    /// <summary>SHA-256 of the published weights file, as sha256sum prints it; null where none is published.</summary>
    public string? WeightsFileSha256()
    {
        string path = Path.Combine(ModelPath, ModelFolder.WeightsFile);
        if (!File.Exists(path))
        {
            return null;
        }

        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static ImmutableArray<EvaluationRecord> ReadEvaluations(string folder) => Directory.Exists(folder)
        ?
        [
            .. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
                .Select(path => Read(path, RunJsonContext.Default.EvaluationRecord))
                .OrderBy(e => e.Stage == PretrainStage.Name ? 0 : 1).ThenBy(e => e.Step).ThenBy(e => e.Split),
        ]
        : [];

    private static T Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type) ?? throw new InvalidDataException($"{path}: is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>The lines of a log. A last line without its end is in the making and left out.</summary>
    private static ImmutableArray<T> ReadLines<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        if (!File.Exists(path))
        {
            return [];
        }

        // The run may be writing: share with it.
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(stream);
        string[] lines = reader.ReadToEnd().Split('\n');
        var records = ImmutableArray.CreateBuilder<T>(lines.Length);
        for (int i = 0; i < lines.Length - 1; i++)
        {
            records.Add(Line(lines[i], type, $"{path}: line {i + 1}"));
        }

        return records.ToImmutable();
    }

    private static T Line<T>(string line, JsonTypeInfo<T> type, string place)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw new InvalidDataException($"{place}: is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{place}: {error.Message}", error);
        }
    }
}
