using Sputnik.Models;
using Sputnik.Tasks;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Training;

/// <summary>What the stages of one run share.</summary>
internal sealed class RunContext : IDisposable
{
    public required Recipe Recipe { get; init; }

    public required RunOptions Options { get; init; }

    public required RunFolder Folder { get; init; }

    public required Workers Workers { get; init; }

    public required double PeakGflops { get; init; }

    public required ProblemSource Problems { get; init; }

    public required Tokenizer Tokenizer { get; init; }

    /// <summary>The model in training.</summary>
    public required ILanguageModel Model { get; init; }

    public required RunClock Clock { get; init; }

    public required IRunObserver Observer { get; init; }

    public required CancellationToken Cancellation { get; init; }

    /// <summary>Steps of all stages that are finished.</summary>
    public long Step { get; set; }

    /// <summary>A named random stream of the run's seed.</summary>
    public CounterRandom Random(string name) => new(Recipe.Seed, name);

    /// <summary>Whether the run should save and stop after the present step.</summary>
    public bool ShouldStop => Cancellation.IsCancellationRequested || Step >= Options.StopAfter;

    /// <summary>Judges the model, keeps the result in the run folder and tells whoever watches.</summary>
    public EvaluationRecord Evaluate(
        Generation.Generator generator, string stage, int step, Split split, int problems, CancellationToken cancellation)
    {
        var evaluator = new Evaluator(generator, Tokenizer, Problems, Recipe.Seed);
        long rows = generator.RowsComputed;
        EvaluationRecord record = evaluator.Run(
            stage, step, split, problems, Recipe.Evaluation.Samples, Recipe.Zero.Grpo.MaxNewTokens, cancellation);
        Clock.AddComputed(generator.RowsComputed - rows, Model.ActiveParameters);
        Folder.Write(record);
        Observer.Evaluated(record);
        return record;
    }

    /// <summary>Fills in what every step's record has from what the step did.</summary>
    public StepRecord Measure(StepRecord step, StepCost cost)
    {
        double gflops = cost.Flops(Model.ActiveParameters) / cost.Seconds / 1e9;
        return step with
        {
            Seconds = cost.Seconds,
            TokensPerSecond = (cost.RowsComputed + cost.RowsTrained) / cost.Seconds,
            Gflops = gflops,
            PeakShare = gflops / PeakGflops,
            CpuHours = Clock.CpuSeconds / 3600,
        };
    }

    /// <summary>Writes a checkpoint of the present moment.</summary>
    public void Save(RunState state, Optimizer optimizer, ILanguageModel? reference = null) => Folder.Save(
        state with { Step = Step, Seconds = Clock.Seconds, CpuSeconds = Clock.CpuSeconds, Flops = Clock.Flops },
        Model,
        optimizer,
        reference);

    public void Dispose()
    {
        Model.Dispose();
        Workers.Dispose();
        Folder.Dispose();
    }
}
