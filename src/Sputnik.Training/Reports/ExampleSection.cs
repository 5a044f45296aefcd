using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>What the model writes: the same problems before and after, and rollouts on the way.</summary>
internal static class ExampleSection
{
    private const int OnTheWay = 5;

    public static Markup Render(RecordedRun run)
    {
        Markup pairs = Pairs(run), way = Way(run);
        return pairs == Markup.Empty && way == Markup.Empty ? Markup.Empty : Html.Of($"<h2>Examples</h2>\n{pairs}{way}");
    }

    private static Markup Pairs(RecordedRun run)
    {
        if (run.EvaluationsOn(Split.Validation) is not [var first, ..] held)
        {
            return Markup.Empty;
        }

        EvaluationRecord last = held[^1];
        IEnumerable<Markup> cases = last.Examples.Select(after =>
        {
            EvaluationExample? before = held.Length > 1 ? first.Examples.FirstOrDefault(e => e.Prompt == after.Prompt) : null;
            Markup left = before is null ? Markup.Empty : Answer("base", "", before);
            return Html.Of(
                $"<section class=\"case\"><h3>{after.Prompt}</h3><span class=\"soft\">Right is {after.Expected}.</span><div class=\"pair\">{left}{Answer(held.Length > 1 ? $"step {last.Step}" : "base", "final", after)}</div></section>\n");
        });
        return Html.Of(
            $"<p class=\"soft\">The first answers to the first validation problems, before and after reinforcement learning; not chosen.</p>\n{Markup.Join(cases)}");
    }

    private static Markup Answer(string when, string css, EvaluationExample example) => Html.Of(
        $"<div class=\"{css}\"><h4>{when}: {Verdict(example.Right, example.Why)}</h4><pre>{example.Text}</pre></div>");

    /// <summary>Rollouts at equal distances from the first step to the last.</summary>
    private static Markup Way(RecordedRun run)
    {
        RolloutSample[] firsts = [.. run.Rollouts.GroupBy(r => r.Step).Select(g => g.First())];
        if (firsts.Length == 0)
        {
            return Markup.Empty;
        }

        int shown = Math.Min(OnTheWay, firsts.Length);
        IEnumerable<Markup> cases = Enumerable.Range(0, shown)
            .Select(i => firsts[shown == 1 ? 0 : i * (firsts.Length - 1) / (shown - 1)])
            .Select(r => Html.Of(
                $"<section class=\"case\"><h3>{r.Prompt}</h3><span class=\"soft\">step {(ulong)r.Step}, {r.Tokens} tokens, reward {Quantity.Figures(r.Reward)}: {Verdict(r.Score >= 1, r.Why)}</span><pre>{r.Response}</pre></section>\n"));
        return Html.Of($"<details><summary>Rollouts on the way</summary><div>{Markup.Join(cases)}</div></details>\n");
    }

    private static Markup Verdict(bool right, string why) =>
        right ? Html.Of($"<span class=\"good\">right</span>") : Html.Of($"<span class=\"bad\">wrong: {why}</span>");
}
