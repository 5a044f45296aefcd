using System.Text.Json;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class RunFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-run-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_resumed_run_ends_where_an_uninterrupted_one_does_to_the_bit()
    {
        string path = Path.Combine(_folder, "run");
        ScoredSequence[] sequences = TinyModel.Sequences(6);
        using Workers workers = new(1);
        using GroupedModel whole = TinyModel.Create();
        using Optimizer wholeOptimizer = new(workers, ParameterGroups.Of(whole), new(), 6);
        Train(whole, wholeOptimizer, workers, sequences, 6);

        using (RunFolder run = RunFolder.Create(path, Identity))
        using (GroupedModel model = TinyModel.Create())
        using (Optimizer optimizer = new(workers, ParameterGroups.Of(model), new(), 6))
        {
            Train(model, optimizer, workers, sequences, 4);
            run.Log(new StepRecord { Stage = "base", Step = 4, Steps = 6, Loss = 1.5, Entropy = double.NaN });
            run.Save(new() { Stage = "base", Step = 4, StageStep = 4, DataCursor = 17 }, model, optimizer);
            run.Log(new StepRecord { Stage = "base", Step = 5, Steps = 6, Loss = 1.25 });
        }

        using RunFolder resumed = RunFolder.Open(path);
        SavedCheckpoint checkpoint = Assert.IsType<SavedCheckpoint>(resumed.Resume());
        using ILanguageModel again = checkpoint.OpenModel();
        using Optimizer againOptimizer = new(workers, ParameterGroups.Of(again), new(), 6);
        checkpoint.Restore(againOptimizer);
        Train(again, againOptimizer, workers, sequences, 2);

        Assert.Equal(TinyModel.Values(whole), TinyModel.Values(again));
        Assert.Equal((17UL, "base", 4L), (checkpoint.State.DataCursor, checkpoint.State.Stage, checkpoint.State.OptimizerSteps));
        Assert.Null(checkpoint.OpenReference());
        string line = Assert.Single(ReadLines("metrics.jsonl"));
        Assert.StartsWith("""{"stage":"base","step":4,"steps":6,"tokens":0,"loss":1.5,""", line, StringComparison.Ordinal);
        Assert.Contains("\"entropy\":\"NaN\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_a_checkpoint_starts_its_logs_anew()
    {
        string path = Path.Combine(_folder, "run");
        using (RunFolder run = RunFolder.Create(path, Identity))
        {
            run.Log(new StepRecord { Stage = "base", Step = 1, Steps = 6, Loss = 3 });
        }

        using RunFolder again = RunFolder.Open(path);

        Assert.Null(again.Resume());
        Assert.Empty(ReadLines("metrics.jsonl"));
        Assert.Equal(Identity.Seed, again.Identity.Seed);
    }

    [Fact]
    public void A_folder_holds_one_run()
    {
        string path = Path.Combine(_folder, "run");
        RunFolder.Create(path, Identity).Dispose();

        Assert.Throws<ArgumentException>(() => RunFolder.Create(path, Identity));
    }

    private static RunIdentity Identity => new()
    {
        Config = JsonSerializer.Deserialize<JsonElement>("""{"steps":6}"""),
        Seed = 1,
        CodeVersion = "0",
        Machine = "none",
    };

    private static void Train(ILanguageModel model, Optimizer optimizer, Workers workers, ScoredSequence[] sequences, int steps)
    {
        using SequencePass pass = new(model, workers);
        SupervisedTrainer trainer = new(model, optimizer, pass);
        for (int i = 0; i < steps; i++)
        {
            trainer.Step(sequences);
        }
    }

    private string[] ReadLines(string name)
    {
        using FileStream stream = new(Path.Combine(_folder, "run", name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
