using System.Diagnostics;
using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>The base model reads the corpus.</summary>
internal sealed class PretrainStage(RunContext run)
{
    public const string Name = "pretrain";

    // Rates and time left look back over so many steps.
    private const int Window = 32;

    private readonly PretrainSettings _settings = run.Recipe.Pretrain;
    private readonly Queue<double> _seconds = new();

    /// <summary>Trains from the start or from a checkpoint; false where it was interrupted.</summary>
    public bool Run(SavedCheckpoint? checkpoint)
    {
        run.Observer.StageStarted(Name, "The base model reads worked and unworked problems; it learns the facts, the language and every style.");
        using var optimizer = new Optimizer(run.Workers, ParameterGroups.Of(run.Model), _settings.Optimizer, _settings.Steps);
        using var pass = new SequencePass(run.Model, run.Workers, _settings.MicroBatchRows);
        var trainer = new SupervisedTrainer(run.Model, optimizer, pass, _settings.RouterBiasStep);
        var corpus = new Corpus(run.Recipe.Corpus, run.Problems, run.Recipe.Seed);
        var data = new PretrainingData(corpus, new(run.Tokenizer), _settings.TokensPerStep);
        int step = 0;
        long tokens = 0;
        if (checkpoint is not null)
        {
            checkpoint.Restore(optimizer);
            data.Cursor = checkpoint.State.DataCursor;
            step = (int)checkpoint.State.StageStep;
            tokens = checkpoint.State.StageTokens;
        }

        while (step < _settings.Steps)
        {
            StepRecord record = Step(trainer, data, step + 1, ref tokens);
            step++;
            run.Step++;
            run.Folder.Log(record);
            run.Observer.Stepped(record);
            if (step % run.Recipe.CheckpointEvery == 0 || step == _settings.Steps || run.ShouldStop)
            {
                run.Save(new() { Stage = Name, Step = run.Step, StageStep = step, StageTokens = tokens, DataCursor = data.Cursor }, optimizer);
            }

            if (run.ShouldStop)
            {
                return false;
            }
        }

        return true;
    }

    private StepRecord Step(SupervisedTrainer trainer, PretrainingData data, int step, ref long tokens)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<ScoredSequence> documents = data.Next();
        SupervisedReport report = trainer.Step(documents);
        long rows = documents.Sum(d => (long)d.Rows);
        tokens += report.Tokens;
        run.Clock.AddTrained(rows, run.Model.ActiveParameters);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        _seconds.Enqueue(seconds);
        if (_seconds.Count > Window)
        {
            _seconds.Dequeue();
        }

        var record = new StepRecord
        {
            Stage = Name,
            Step = step,
            Steps = (int)_settings.Steps,
            Tokens = tokens,
            Loss = report.Loss,
            LearningRate = report.RateFactor * _settings.Optimizer.AdamW.LearningRate,
            GradientNorm = report.GradientNorm,
            ExpertImbalance = run.Model.Routers.Count > 0 ? report.Imbalance : null,
            SecondsLeft = _seconds.Average() * (_settings.Steps - step),
        };
        return run.Measure(record, new(seconds, 0, rows));
    }
}
