using Sputnik.Tasks;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>A run in plain lines, for files and build logs: at most one line a while for steps, and every evaluation.</summary>
/// <param name="output">Where to.</param>
/// <param name="time">The clock the pauses are measured by.</param>
/// <param name="pause">Least time between two lines of steps of one stage.</param>
/// <param name="price">USD for an hour of one core.</param>
internal sealed class PlainLog(TextWriter output, TimeProvider time, TimeSpan pause, double price) : IRunObserver
{
    /// <summary>Seconds between two lines: an hour of training is then 360 lines.</summary>
    public static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _notes = [];
    private long? _last;

    public void Started(RunStart run)
    {
        output.WriteLine($"{(run.Resumed ? "going on with" : "run")} {run.Recipe.Name}, seed {run.Recipe.Seed}, in {run.Folder}");
        output.WriteLine($"model: {RunWords.Model(run)}");
        output.WriteLine($"machine: {RunWords.Machine(run)}");
    }

    public void StageStarted(string stage, string purpose)
    {
        output.WriteLine($"{StageNames.Of(stage)}: {purpose}");
        _last = null;
    }

    public void Stepped(StepRecord step)
    {
        long now = time.GetTimestamp();
        if (step.Step < step.Steps && _last is { } last && time.GetElapsedTime(last, now) < pause)
        {
            return;
        }

        _last = now;
        IEnumerable<string> values = StepWords.Values(step).Concat(StepWords.Warnings(step)).Select(v => $"{v.Name} {v.Value}");
        string left = step.Step < step.Steps ? $", {Quantity.Duration(step.SecondsLeft)} left" : "";
        output.WriteLine($"{StageNames.Of(step.Stage)} {step.Step}/{step.Steps}: {string.Join(", ", values)}; {StepWords.Speed(step)}; {StepWords.Cost(step, price)}{left}");
        output.Flush();
    }

    public void Evaluated(EvaluationRecord evaluation)
    {
        EvaluationReport report = evaluation.Report;
        output.WriteLine(
            $"evaluation, {StageNames.Of(evaluation.Stage)} step {evaluation.Step}, {evaluation.Split.ToString().ToLowerInvariant()}: "
            + $"pass@1 {Quantity.WithError(report.PassAtK[0].Score)}, cons@{report.Responses / report.Problems} {Quantity.WithError(report.Consensus)}, "
            + $"length {Quantity.Figures(report.Tokens.Mean)}, checks {Quantity.Figures(report.Checks.Mean)}, format {Quantity.Percent(report.Format.Mean)}, "
            + $"cut off {Quantity.Percent(report.Truncated.Mean)} (n {report.Problems}, k {report.Responses / report.Problems})");
        output.Flush();
    }

    public void Gated(StageGate gate)
    {
        output.WriteLine("accuracy by style, well-formed answers (their number):");
        output.Write(gate.Table());
    }

    public void Checked(IReadOnlyList<PreflightResult> results)
    {
        foreach (PreflightResult result in results)
        {
            output.WriteLine($"check: {result.Name}: {(result.Passed ? "passed" : "FAILED")}: {result.Message.ReplaceLineEndings(" ")}");
        }
    }

    public void Note(string sentence)
    {
        if (_notes.Add(sentence))
        {
            output.WriteLine($"note: {sentence}");
        }
    }

    public void Ended(RunSummary summary)
    {
        output.WriteLine(RunWords.End(summary, price));
        output.Flush();
    }
}
