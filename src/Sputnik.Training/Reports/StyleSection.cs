using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>The gate before reinforcement learning, and what became of the styles.</summary>
internal static class StyleSection
{
    private static readonly Style[] Styles = [Style.Direct, Style.Equations, Style.Steps, Style.Checked];

    public static Markup Render(RecordedRun run)
    {
        if (run.EvaluationsOn(Split.Validation) is not [var first, ..] held)
        {
            return Markup.Empty;
        }

        Markup after = held.Length > 1
            ? Html.Of($"<h3>What became of the styles</h3>\n<p class=\"soft\">Share of all answers, and how many of them are right.</p>\n{Shares(first.Report, held[^1].Report)}")
            : Markup.Empty;
        return Html.Of(
            $"""
            <h2>Styles of answers</h2>
            <p class="soft">Accuracy of the base model's well-formed answers by style, with their number. Reinforcement learning moves to the style that is most often right; where answers without thinking win, it unlearns to think.</p>
            {Gate(first.Report)}
            {after}
            """);
    }

    private static Markup Gate(EvaluationReport report)
    {
        HtmlTable table = new(["family", .. Styles.Select(Name), "thinking pays"]);
        foreach (FamilyGate family in StageGate.Of(report).Families)
        {
            IEnumerable<Markup> cells = Styles.Select(style => Cell(report.ByFamilyAndStyle.FirstOrDefault(s => s.Family == family.Family && s.Style == style)));
            Markup verdict = family.Holds ? Html.Of($"<span class=\"good\">yes</span>") : Html.Of($"<span class=\"bad\">no: {family.Why}</span>");
            table.Add([Html.Of($"{family.Family}"), .. cells, verdict]);
        }

        return table.Render();
    }

    private static Markup Cell(GroupScore? score) => score?.AccuracyWhenWellFormed is { } estimate
        ? Html.Of($"{estimate.Mean:0.00} <span class=\"soft\">({estimate.Count})</span>")
        : Html.Of($"–");

    private static Markup Shares(EvaluationReport before, EvaluationReport after)
    {
        HtmlTable table = new(["style", "base: share", "right", "final: share", "right"]);
        foreach (Style style in Styles)
        {
            table.Add([Name(style), .. Share(before, style), .. Share(after, style)]);
        }

        return table.Render();
    }

    private static string[] Share(EvaluationReport report, Style style) => report.ByStyle.FirstOrDefault(s => s.Style == style) is { } score
        ? [Quantity.Percent((double)score.Accuracy.Count / report.Responses), Quantity.WithError(score.Accuracy, 2)]
        : ["0 %", "–"];

    private static string Name(Style style) => style.ToString().ToLowerInvariant();
}
