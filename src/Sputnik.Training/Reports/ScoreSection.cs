using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>All evaluations in a table.</summary>
internal static class ScoreSection
{
    public static Markup Render(RecordedRun run)
    {
        if (run.Evaluations.IsEmpty)
        {
            return Markup.Empty;
        }

        HtmlTable table = new(["step", "problems", "pass@1, %", $"pass@{run.Evaluations[0].Report.PassAtK[^1].K}, %", "cons@k, %", "n × k", "format", "cut off", "length", "checks", "corrections", "language"]);
        foreach (EvaluationRecord evaluation in run.Evaluations)
        {
            EvaluationReport r = evaluation.Report;
            PassAtKScore most = r.PassAtK[^1];
            table.Add(
                [
                    $"{(evaluation.Stage == ZeroStage.Name && evaluation.Step == 0 ? "base" : evaluation.Step)}",
                    evaluation.Split.ToString().ToLowerInvariant(),
                    Percent(r.PassAtK[0].Score),
                    Percent(most.Score),
                    Percent(r.Consensus),
                    $"{r.Problems} × {r.Responses / r.Problems}",
                    Quantity.Percent(r.Format.Mean),
                    Quantity.Percent(r.Truncated.Mean),
                    Quantity.WithError(r.Tokens, 1),
                    Quantity.WithError(r.Checks, 2),
                    Quantity.WithError(r.Corrections, 2),
                    r.Language is { } language ? Quantity.Percent(language.Mean) : "–",
                ],
                total: evaluation.Split is Split.Test or Split.Hard);
        }

        return Html.Of(
            $"""
            <h2>Scores</h2>
            <p class="soft">Held-out problems, judged by the rule that training rewards. ± is the standard error over the problems. pass@k: one of k answers is right; cons@k: the majority of k answers is. Validation was looked at on the way; test and hard were read once, at the end. Hard problems are longer than any that was trained.</p>
            {table.Render()}
            """);
    }

    // The column says percent, so that its numbers stay short.
    private static string Percent(Estimate share) =>
        Quantity.WithError(new(100 * share.Mean, 100 * share.StandardError, share.Count), 1);
}
