using System.Collections.Immutable;
using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>The curves of a run.</summary>
internal static class ChartSection
{
    private const string ZeroStep = "step of R1-Zero";

    public static Markup Render(RecordedRun run)
    {
        ImmutableArray<StepRecord> zero = run.StepsOf(ZeroStage.Name);
        ImmutableArray<EvaluationRecord> held = run.EvaluationsOn(Split.Validation);
        Markup learning = Markup.Join(
        [
            Accuracy(zero, held).Render(),
            Length(zero, held).Render(),
            Checks(zero, held).Render(),
            Reward(zero).Render(),
            Divergence(zero).Render(),
            Loss(run.StepsOf(PretrainStage.Name)).Render(),
        ]);
        Markup difficulty = Markup.Join(ByDifficulty(held));
        return Html.Of(
            $"""
            <h2>Learning</h2>
            <p class="soft">Rollouts are what the model answered to training problems; held-out are validation problems with standard errors. Hover over a point for its number. The loss of reinforcement learning is not shown: on-policy it is near zero by construction, its gradient is not.</p>
            <div class="charts">
            {learning}</div>
            {(difficulty == Markup.Empty ? Markup.Empty : Html.Of($"<h2>By difficulty</h2>\n<p class=\"soft\">Accuracy on validation problems by the steps a problem takes, before and after reinforcement learning.</p>\n<div class=\"charts\">\n{difficulty}</div>\n"))}
            """);
    }

    private static SvgChart Accuracy(ImmutableArray<StepRecord> zero, ImmutableArray<EvaluationRecord> held) => new()
    {
        Title = "Accuracy",
        X = ZeroStep,
        Y = "share of right answers",
        From = 0,
        To = 1,
        Series =
        [
            ChartSeries.Over("rollouts", zero, s => s.Accuracy, Ink.Quiet),
            Held("held-out", held, r => r.PassAtK[0].Score),
            Held($"held-out, {Votes(held)}", held, r => r.Consensus, Ink.AccentDashed),
        ],
    };

    private static SvgChart Length(ImmutableArray<StepRecord> zero, ImmutableArray<EvaluationRecord> held) => new()
    {
        Title = "Response length",
        X = ZeroStep,
        Y = "tokens",
        From = 0,
        Series = [ChartSeries.Over("rollouts", zero, s => s.Length, Ink.Quiet), Held("held-out", held, r => r.Tokens)],
    };

    private static SvgChart Checks(ImmutableArray<StepRecord> zero, ImmutableArray<EvaluationRecord> held) => new()
    {
        Title = "Checks and corrections",
        X = ZeroStep,
        Y = "in a response",
        From = 0,
        Series =
        [
            ChartSeries.Over("checks, rollouts", zero, s => s.Checks, Ink.Quiet),
            Held("checks", held, r => r.Checks),
            Held("corrections", held, r => r.Corrections, Ink.AccentDashed),
        ],
    };

    private static SvgChart Reward(ImmutableArray<StepRecord> zero) => new()
    {
        Title = "Reward",
        X = ZeroStep,
        Y = "mean over rollouts",
        Series = [ChartSeries.Over("reward", zero, s => s.Reward)],
    };

    private static SvgChart Divergence(ImmutableArray<StepRecord> zero) => new()
    {
        Title = "Entropy and divergence",
        X = ZeroStep,
        Y = "nats a token",
        From = 0,
        Series =
        [
            ChartSeries.Over("entropy of the policy", zero, s => s.Entropy, Ink.Quiet),
            ChartSeries.Over("KL to the reference", zero, s => s.Kl),
        ],
    };

    private static SvgChart Loss(ImmutableArray<StepRecord> pretrain) => new()
    {
        Title = "Loss of pretraining",
        X = "step of pretraining",
        Y = "nats a token",
        From = 0,
        Series = [ChartSeries.Over("loss", pretrain, s => s.Loss)],
    };

    private static IEnumerable<Markup> ByDifficulty(ImmutableArray<EvaluationRecord> held)
    {
        if (held.IsEmpty)
        {
            yield break;
        }

        foreach (string family in held[^1].Report.ByDifficulty.Select(g => g.Family).OfType<string>().Distinct())
        {
            ChartSeries last = Difficulty(held.Length > 1 ? $"step {held[^1].Step}" : "base", held[^1], family, Ink.Accent);
            yield return new SvgChart
            {
                Title = family,
                X = "difficulty",
                Y = "share of right answers",
                From = 0,
                To = 1,
                Series = held.Length > 1 ? [Difficulty("base", held[0], family, Ink.Quiet), last] : [last],
            }.Render();
        }
    }

    private static ChartSeries Difficulty(string name, EvaluationRecord evaluation, string family, Ink ink) => new(
        name,
        [
            .. evaluation.Report.ByDifficulty.Where(g => g.Family == family && g.Difficulty is not null)
                .Select(g => Point(g.Difficulty ?? 0, g.Accuracy)),
        ],
        ink);

    private static ChartSeries Held(
        string name, ImmutableArray<EvaluationRecord> held, Func<EvaluationReport, Estimate> measure, Ink ink = Ink.Accent) =>
        new(name, [.. held.Select(e => Point(e.Step, measure(e.Report)))], ink);

    private static ChartPoint Point(double x, Estimate estimate) => new(x, estimate.Mean, estimate.StandardError);

    private static string Votes(ImmutableArray<EvaluationRecord> held) =>
        held.IsEmpty ? "cons@k" : $"cons@{held[0].Report.Responses / held[0].Report.Problems}";
}
