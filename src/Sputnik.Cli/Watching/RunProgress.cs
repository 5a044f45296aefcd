using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>What has been seen of a run so far: what a view draws from.</summary>
internal sealed class RunProgress(double price) : IRunObserver
{
    private readonly List<EvaluationRecord> _evaluations = [];
    private readonly List<string> _notes = [];

    /// <summary>Money for an hour of one core, in USD.</summary>
    public double Price => price;

    public RunStart? Run { get; private set; }

    public string Stage { get; private set; } = "";

    /// <summary>What the stage is for, in a sentence.</summary>
    public string Purpose { get; private set; } = "";

    /// <summary>The latest step of the stage; null before the first.</summary>
    public StepRecord? Step { get; private set; }

    public IReadOnlyList<EvaluationRecord> Evaluations => _evaluations;

    public IReadOnlyList<string> Notes => _notes;

    public IReadOnlyList<PreflightResult> Checks { get; private set; } = [];

    public StageGate? Gate { get; private set; }

    public RunSummary? Summary { get; private set; }

    public Series Loss { get; private set; } = new();

    public Series Accuracy { get; private set; } = new();

    public Series Reward { get; private set; } = new();

    public Series Length { get; private set; } = new();

    /// <summary>Checks in a response.</summary>
    public Series CheckCount { get; private set; } = new();

    public Series Kl { get; private set; } = new();

    public void Started(RunStart run) => Run = run;

    public void StageStarted(string stage, string purpose)
    {
        (Stage, Purpose, Step) = (stage, purpose, null);
        (Loss, Accuracy, Reward, Length, CheckCount, Kl) = (new(), new(), new(), new(), new(), new());
    }

    public void Stepped(StepRecord step)
    {
        Step = step;
        Loss.Add(step.Loss);
        Accuracy.Add(step.Accuracy);
        Reward.Add(step.Reward);
        Length.Add(step.Length);
        CheckCount.Add(step.Checks);
        Kl.Add(step.Kl);
    }

    public void Evaluated(EvaluationRecord evaluation) => _evaluations.Add(evaluation);

    public void Gated(StageGate gate) => Gate = gate;

    public void Checked(IReadOnlyList<PreflightResult> results) => Checks = results;

    public void Note(string sentence)
    {
        if (!_notes.Contains(sentence))
        {
            _notes.Add(sentence);
        }
    }

    public void Ended(RunSummary summary) => Summary = summary;
}
