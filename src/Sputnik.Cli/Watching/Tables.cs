using System.Globalization;
using Spectre.Console;
using Sputnik.Tasks;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>The tables of a run.</summary>
internal static class Tables
{
    private const int WideTerminal = 100;

    private static readonly string[] Seldom = ["cut off", "n × k"];
    private static readonly Sputnik.Tasks.Style[] Styles = [Sputnik.Tasks.Style.Direct, Sputnik.Tasks.Style.Equations, Sputnik.Tasks.Style.Steps, Sputnik.Tasks.Style.Checked];

    /// <summary>The last <paramref name="most"/> evaluations, a line each; in a narrow terminal without the columns that seldom change.</summary>
    public static Table Evaluations(IReadOnlyList<EvaluationRecord> evaluations, int width, int most = int.MaxValue)
    {
        bool wide = width >= WideTerminal;
        Table table = Look.Numbers(["step", "pass@1", "cons@k", "length", "checks", "format", .. wide ? Seldom : []]);
        foreach (EvaluationRecord evaluation in evaluations.Skip(Math.Max(0, evaluations.Count - most)))
        {
            EvaluationReport report = evaluation.Report;
            table.Row(
            [
                $"{evaluation.Step} {evaluation.Split.ToString().ToLowerInvariant()}",
                Quantity.WithError(report.PassAtK[0].Score),
                Quantity.WithError(report.Consensus),
                Quantity.Figures(report.Tokens.Mean),
                Quantity.Figures(report.Checks.Mean),
                Quantity.Percent(report.Format.Mean),
                .. wide ? [Quantity.Percent(report.Truncated.Mean), $"{report.Problems} × {report.Responses / report.Problems}"] : Array.Empty<string>(),
            ]);
        }

        return table;
    }

    /// <summary>Accuracy of well-formed answers by family and style, and whether thinking pays.</summary>
    public static Table Gate(StageGate gate, EvaluationReport report)
    {
        Table table = Look.Numbers(["family", .. Styles.Select(s => s.ToString().ToLowerInvariant()), "thinking pays"]);
        foreach (FamilyGate family in gate.Families)
        {
            IEnumerable<string> cells = Styles.Select(style => Cell(
                report.ByFamilyAndStyle.FirstOrDefault(s => s.Family == family.Family && s.Style == style)?.AccuracyWhenWellFormed));
            table.Row([family.Family, .. cells, family.Holds ? "yes" : "no"]);
        }

        return table;
    }

    /// <summary>Accuracy of groups of an evaluation, a line each.</summary>
    public static Table Groups(string title, IEnumerable<(string Name, GroupScore Score)> groups)
    {
        Table table = Look.Numbers(title, "accuracy", "when well formed", "answers");
        foreach ((string name, GroupScore score) in groups)
        {
            string wellFormed = score.AccuracyWhenWellFormed is { } estimate ? Quantity.WithError(estimate) : "–";
            table.Row(name, Quantity.WithError(score.Accuracy), wellFormed, Quantity.Figures(score.Accuracy.Count));
        }

        return table;
    }

    private static string Cell(Estimate? estimate) =>
        estimate is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{estimate.Mean:0.00} ({estimate.Count})");
}
