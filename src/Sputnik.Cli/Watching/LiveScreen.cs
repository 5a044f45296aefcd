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

    // Narrower, a line of the table would break.
    private const int LeastTableWidth = 78;
    private const int LabelWidth = 24;

    /// <summary>The frame of a run for a terminal of a width and height.</summary>
    public static Rows Of(RunProgress run, int width, int height)
    {
        List<IRenderable> parts = [.. Header(run, width), .. Stage(run, width)];
        int left = height - parts.Count - 1;
        foreach (string note in run.Notes.TakeLast(2))
        {
            parts.Add(Look.Say(note, Look.Dim));
            left -= ((note.Length - 1) / Math.Max(1, width - 1)) + 1;
        }

        if (run.Evaluations.Count > 0 && width >= LeastTableWidth && left >= TableFrame + 1)
        {
            int gateLines = GateLines(run);
            bool both = left - gateLines >= TableFrame + LeastEvaluations;
            int rows = Math.Min(run.Evaluations.Count, left - TableFrame - (both ? gateLines : 0));
            parts.Add(Tables.Evaluations(run.Evaluations, width, rows));
            if (both && run.Gate is { } gate)
            {
                parts.Add(Tables.Gate(gate, run.Evaluations[0].Report));
            }
        }

        return new Rows(parts);
    }

    private static int GateLines(RunProgress run) => run.Gate is { } gate ? TableFrame + gate.Families.Length : 0;

    private static IEnumerable<IRenderable> Header(RunProgress run, int width)
    {
        if (run.Run is not { } start)
        {
            yield break;
        }

        yield return Look.Line(width, ("sputnik ", Look.Accent), (start.Recipe.Name, Look.Strong), ($"  seed {start.Recipe.Seed}  {start.Folder}", Look.Dim));
        yield return Look.Line(width, (RunWords.Model(start), Style.Plain));
        yield return Look.Line(width, (RunWords.Machine(start), Look.Dim));
        yield return Look.Say("");
    }

    private static IEnumerable<IRenderable> Stage(RunProgress run, int width)
    {
        if (run.Stage.Length == 0)
        {
            yield break;
        }

        if (run.Step is not { } step)
        {
            yield return Look.Line(width, (StageNames.Of(run.Stage), Look.Strong), ($"  {run.Purpose}", Look.Dim));
            yield return Look.Say("");
            yield break;
        }

        yield return Bar(step, width);
        yield return Look.Say("");
        foreach ((string name, Series series, string value) in Curves(run, step))
        {
            yield return Look.Line(width, ($"{name,-10}", Look.Dim), ($"{value,-14}", Look.Strong), (Sparkline.Of(series.Curve, Math.Clamp(width - LabelWidth, 1, SparkWidth)), Look.Accent));
        }

        yield return Look.Line(width, ($"{StepWords.Speed(step)}; {StepWords.Cost(step, run.Price)}", Look.Dim));
        foreach ((string name, string value) in StepWords.Warnings(step))
        {
            yield return Look.Line(width, ($"{name}: {value}", Look.Warning));
        }

        yield return Look.Say("");
    }

    private static Paragraph Bar(StepRecord step, int width)
    {
        int done = (int)((long)BarWidth * step.Step / Math.Max(1, step.Steps));
        string left = step.Step < step.Steps ? $", {Quantity.Duration(step.SecondsLeft)} left" : "";
        return Look.Line(
            width,
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
