using System.Text.Json;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>A run as one JSON object a line, for machines.</summary>
internal sealed class JsonLog(TextWriter output) : IRunObserver
{
    public void Started(RunStart run) => Write(new("started") { Started = run });

    public void StageStarted(string stage, string purpose) => Write(new("stage") { Stage = new(stage, purpose) });

    public void Stepped(StepRecord step) => Write(new("step") { Step = step });

    public void Evaluated(EvaluationRecord evaluation) => Write(new("evaluation") { Evaluation = evaluation });

    public void Gated(StageGate gate) => Write(new("gate") { Gate = new(gate.Holds, gate.Families) });

    public void Checked(IReadOnlyList<PreflightResult> results) => Write(new("checks") { Checks = results });

    public void Note(string sentence) => Write(new("note") { Note = sentence });

    public void Ended(RunSummary summary) => Write(new("ended") { Ended = summary });

    private void Write(TrainEvent line)
    {
        output.WriteLine(JsonSerializer.Serialize(line, CliLineContext.Default.TrainEvent));
        output.Flush();
    }
}
