using System.Diagnostics;
using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>R1-Zero: the base model answers problems, a rule judges, and the policy moves to what was right.</summary>
internal sealed class ZeroStage : IDisposable
{
    public const string Name = "zero";

    private readonly RunContext _run;
    private readonly ZeroSettings _settings;
    private readonly GrpoConfig _grpo;
    private readonly Generator _generator;
    private readonly RolloutCollector _collector;

    public ZeroStage(RunContext run)
    {
        _run = run;
        _settings = run.Recipe.Zero;
        _grpo = _settings.Grpo;
        _generator = new(run.Model, run.Workers, _grpo.PromptsPerStep * _grpo.GroupSize, run.Model.MaxLength);
        _collector = new(_generator, run.Tokenizer, run.Problems, _grpo);
    }

    /// <summary>Judges the model as it stands. On the way it is not cancelled: the step before it is not saved yet.</summary>
    public EvaluationRecord Evaluate(int step, Split split, int problems, CancellationToken cancellation = default) =>
        _run.Evaluate(_generator, Name, step, split, problems, cancellation);

    /// <summary>Refuses to start where training would fail without an error.</summary>
    public void Preflight() => ZeroPreflight.Check(_run, _generator);

    /// <summary>Trains from the base model or from a checkpoint; false where it was interrupted.</summary>
    public bool Run(SavedCheckpoint? checkpoint)
    {
        _run.Observer.StageStarted(Name, "The model answers problems and is rewarded where a rule finds the answer right. Nobody shows it how.");
        _run.Observer.Note("The loss is near zero by construction: on-policy the ratio is 1 and the advantages of a group cancel. Its gradient is not zero; watch accuracy and reward.");
        using var optimizer = new Optimizer(_run.Workers, ParameterGroups.Of(_run.Model), _settings.Optimizer, Math.Max(1, _settings.Steps));
        using var pass = new SequencePass(_run.Model, _run.Workers, _settings.MicroBatchRows);
        using ILanguageModel? reference = _grpo.KlBeta > 0 ? checkpoint?.OpenReference() ?? ModelCopy.Of(_run.Model) : null;
        using SequencePass? referencePass = reference is null ? null : new(reference, _run.Workers, _settings.MicroBatchRows);
        var update = new GrpoUpdate(_run.Model, optimizer, pass, referencePass, _grpo);
        int step = 0;
        if (checkpoint is not null)
        {
            checkpoint.Restore(optimizer);
            step = (int)checkpoint.State.StageStep;
        }

        while (step < _settings.Steps)
        {
            if (reference is not null && _grpo.ReferenceRefreshSteps > 0 && step > 0 && step % _grpo.ReferenceRefreshSteps == 0)
            {
                ModelCopy.Into(reference, _run.Model);
            }

            Step(update, reference is not null, ++step);
            bool last = step == _settings.Steps;
            if (step % _run.Recipe.Evaluation.Every == 0 && !last)
            {
                Evaluate(step, Split.Validation, _run.Recipe.Evaluation.Problems);
            }

            if (step % _run.Recipe.CheckpointEvery == 0 || _run.ShouldStop || last)
            {
                Save(step, optimizer, reference);
            }

            if (_run.ShouldStop && !last)
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => _generator.Dispose();

    private void Save(int step, Optimizer optimizer, ILanguageModel? reference) =>
        _run.Save(new() { Stage = Name, Step = _run.Step, StageStep = step }, optimizer, reference);

    private void Step(GrpoUpdate update, bool hasReference, int step)
    {
        long start = Stopwatch.GetTimestamp();
        long before = _generator.RowsComputed;
        CollectedRollouts collected = _collector.Collect(
            _run.Random("problems of R1-Zero").Split((ulong)step), _run.Random("rollouts of R1-Zero").Split((ulong)step));
        long computed = _generator.RowsComputed - before;
        GrpoReport report = update.Run(collected.Groups);
        computed += hasReference ? report.RowsTrained : 0;
        _run.Clock.AddComputed(computed, _run.Model.ActiveParameters);
        _run.Clock.AddTrained(report.RowsTrained, _run.Model.ActiveParameters);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        _run.Step++;
        StepRecord record = _run.Measure(Describe(collected, report, step, seconds), new(seconds, computed, report.RowsTrained));
        _run.Folder.Log(record);
        foreach (RolloutSample sample in collected.Samples(Name, step))
        {
            _run.Folder.Log(sample);
        }

        _run.Observer.Stepped(record);
    }

    private StepRecord Describe(CollectedRollouts collected, GrpoReport report, int step, double seconds) => new()
    {
        Stage = Name,
        Step = step,
        Steps = _settings.Steps,
        Tokens = report.TokensTrained,
        Loss = report.Loss,
        LearningRate = report.RateFactor * _settings.Optimizer.AdamW.LearningRate,
        GradientNorm = report.GradientNorm,
        ExpertImbalance = _run.Model.Routers.Count > 0 ? report.Imbalance : null,
        Accuracy = collected.Mean(r => r.Verdict.Score),
        Reward = report.Reward,
        Format = collected.Mean(r => r.Verdict.WellFormed ? 1 : 0),
        Length = collected.Mean(r => r.Completion.Tokens.Length),
        Checks = collected.Mean(r => ResponseTraits.Of(r.Text).Checks),
        Truncated = collected.Mean(r => r.Truncated ? 1 : 0),
        ZeroVariance = report.ZeroVarianceFraction,
        Kl = _grpo.KlBeta > 0 ? report.Kl : null,
        ClipFraction = report.ClipFraction,
        Entropy = report.Entropy,
        SecondsLeft = seconds * (_settings.Steps - step),
    };
}
