using Spectre.Console;
using Spectre.Console.Rendering;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>One frame of the live view, fitted into the terminal: what matters most comes first, what has no room is left out.</summary>
internal static class LiveScreen
{
    private const int SparkWidth = 48;
    private const int BarWidth = 40;
    private const int TableFrame = 4;
    private const int LeastEvaluations = 3;

    /// <summary>The frame of a run for a terminal of <paramref name="height"/> lines.</summary>
    public static Rows Of(RunProgress run, int height)
    {
        List<IRenderable> parts = [.. Header(run), .. Stage(run)];
        int left = height - parts.Count - 1;
        foreach (string note in run.Notes.TakeLast(2))
        {
            parts.Add(Look.Say(note, Look.Dim));
            left -= 2;
        }

        if (run.Evaluations.Count > 0 && left >= TableFrame + 1)
        {
            int gateLines = GateLines(run);
            bool both = left - gateLines >= TableFrame + LeastEvaluations;
            int rows = Math.Min(run.Evaluations.Count, left - TableFrame - (both ? gateLines : 0));
            parts.Add(Tables.Evaluations(run.Evaluations, rows));
            if (both && run.Gate is { } gate)
            {
                parts.Add(Tables.Gate(gate, run.Evaluations[0].Report));
            }
        }

        return new Rows(parts);
    }

    private static int GateLines(RunProgress run) => run.Gate is { } gate ? TableFrame + gate.Families.Length : 0;

    private static IEnumerable<IRenderable> Header(RunProgress run)
    {
        if (run.Run is not { } start)
        {
            yield break;
        }

        yield return Look.Line(("sputnik ", Look.Accent), (start.Recipe.Name, Look.Strong), ($"  seed {start.Recipe.Seed}  {start.Folder}", Look.Dim));
        yield return Look.Say(RunWords.Model(start));
        yield return Look.Say(RunWords.Machine(start), Look.Dim);
        yield return Look.Say("");
    }

    private static IEnumerable<IRenderable> Stage(RunProgress run)
    {
        if (run.Stage.Length == 0)
        {
            yield break;
        }

        if (run.Step is not { } step)
        {
            yield return Look.Line((StageNames.Of(run.Stage), Look.Strong), ($"  {run.Purpose}", Look.Dim));
            yield return Look.Say("");
            yield break;
        }

        yield return Bar(step);
        yield return Look.Say("");
        foreach ((string name, Series series, string value) in Curves(run, step))
        {
            yield return Look.Line(($"{name,-10}", Look.Dim), ($"{value,-14}", Look.Strong), (Sparkline.Of(series.Curve, SparkWidth), Look.Accent));
        }

        yield return Look.Say($"{StepWords.Speed(step)}; {StepWords.Cost(step, run.Price)}", Look.Dim);
        foreach ((string name, string value) in StepWords.Warnings(step))
        {
            yield return Look.Say($"{name}: {value}", Look.Warning);
        }

        yield return Look.Say("");
    }

    private static Paragraph Bar(StepRecord step)
    {
        int done = (int)((long)BarWidth * step.Step / Math.Max(1, step.Steps));
        string left = step.Step < step.Steps ? $", {Quantity.Duration(step.SecondsLeft)} left" : "";
        return Look.Line(
            ($"{StageNames.Of(step.Stage)} ", Look.Strong),
            (new string('━', done), Look.Accent),
            (new string('─', BarWidth - done), Look.Dim),
            ($" {step.Step}/{step.Steps}", Look.Strong),
            ($"  {Quantity.Duration(step.Seconds)} a step{left}", Look.Dim));
    }

    private static IEnumerable<(string Name, Series Series, string Value)> Curves(RunProgress run, StepRecord step)
    {
        foreach ((string name, string value) in StepWords.Values(step))
        {
            Series? series = name switch
            {
                "accuracy" => run.Accuracy,
                "reward" => run.Reward,
                "length" => run.Length,
                "checks" => run.CheckCount,
                "KL" => run.Kl,
                "loss" => run.Loss,
                _ => null,
            };
            if (series is not null)
            {
                yield return (name, series, value);
            }
        }
    }
}
