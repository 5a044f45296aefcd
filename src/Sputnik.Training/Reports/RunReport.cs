using System.Globalization;
using System.Text;
using Sputnik.Models;
using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>
/// The page of a run: one file that loads nothing, made from what the run recorded. It can be written while the run goes on.
/// </summary>
public static class RunReport
{
    /// <summary>Name of the page in the run folder.</summary>
    public const string FileName = "report.html";

    /// <summary>Writes the page into the run folder.</summary>
    /// <param name="run">What was recorded.</param>
    /// <param name="price">USD for an hour of one core.</param>
    /// <returns>The path of the page.</returns>
    public static string Write(RecordedRun run, double price = RunCost.DefaultPrice)
    {
        ArgumentNullException.ThrowIfNull(run);
        string path = Path.Combine(run.Folder, FileName);
        byte[] page = Encoding.UTF8.GetBytes(Render(run, price));
        AtomicFile.Write(path, stream => stream.Write(page));
        return path;
    }

    /// <summary>The page as text.</summary>
    internal static string Render(RecordedRun run, double price)
    {
        Markup style = new(ReportStyle.Css);
        return Html.Of(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>{run.Recipe.Name}, seed {run.Identity.Seed}</title>
            <style>
            {style}
            </style></head><body><main>
            {Head(run, price)}
            {ScoreSection.Render(run)}
            {ChartSection.Render(run)}
            {StyleSection.Render(run)}
            {ExampleSection.Render(run)}
            {CostSection.Render(run, price)}
            {FactSection.Render(run)}
            </main></body></html>

            """).Html;
    }

    private static Markup Head(RecordedRun run, double price)
    {
        string state = run.Summary is not null ? "" : " The run has not ended; this is how far it got.";
        return Html.Of(
            $"""
            <h1>{run.Recipe.Name}</h1>
            <p class="lead">Seed {run.Identity.Seed}. {Sentence(run)}{state}</p>
            <div class="tiles">{Markup.Join(Tiles(run, price))}</div>
            """);
    }

    private static string Sentence(RecordedRun run)
    {
        int steps = run.StepsOf(ZeroStage.Name).Length;
        long tokens = run.StepsOf(PretrainStage.Name) is [.., var last] ? last.Tokens : 0;
        string read = $"A base model read {Quantity.Scaled(tokens)} tokens";
        return steps == 0
            ? $"{read}."
            : $"{read}; then {steps} steps of reinforcement learning rewarded right answers, and nobody showed it how to reach them.";
    }

    private static IEnumerable<Markup> Tiles(RecordedRun run, double price)
    {
        if (run.EvaluationsOn(Split.Validation) is [var before, .., var after])
        {
            yield return Tile(
                "accuracy, validation problems", $"{Quantity.Percent(before.Report.PassAtK[0].Score.Mean)} → {Quantity.Percent(after.Report.PassAtK[0].Score.Mean)}", accent: true);
            yield return Tile("length of a response, tokens", $"{Quantity.Figures(before.Report.Tokens.Mean)} → {Quantity.Figures(after.Report.Tokens.Mean)}");
        }

        if (run.EvaluationsOn(Split.Test) is [.., var test])
        {
            yield return Tile($"accuracy, {test.Report.Problems} test problems", Share(test.Report.PassAtK[0].Score));
        }

        if (run.EvaluationsOn(Split.Hard) is [.., var hard])
        {
            yield return Tile("accuracy, harder than trained", Share(hard.Report.PassAtK[0].Score));
        }

        RunCost cost = RunCost.Of(run, price);
        yield return Tile($"cost of {Quantity.CpuTime(cost.CpuHours)}", Quantity.Money(cost.Usd));
    }

    private static string Share(Estimate estimate) => estimate.StandardError is { } error
        ? string.Create(CultureInfo.InvariantCulture, $"{Quantity.Percent(estimate.Mean)} ± {error * 100:0.0}")
        : Quantity.Percent(estimate.Mean);

    private static Markup Tile(string label, string value, bool accent = false) => accent
        ? Html.Of($"<div class=\"tile\"><b class=\"accent\">{value}</b><span>{label}</span></div>")
        : Html.Of($"<div class=\"tile\"><b>{value}</b><span>{label}</span></div>");
}
