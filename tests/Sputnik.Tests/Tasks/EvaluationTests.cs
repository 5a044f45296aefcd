using Sputnik.Tasks;
using Sputnik.Tensors;

namespace Sputnik.Tests.Tasks;

public class EvaluationTests
{
    private static readonly TaskFamilies Families = new();
    private static readonly Evaluation Judge = new(new Verifier(Families));

    [Fact]
    public void A_small_report_is_as_computed_by_hand()
    {
        Problem first = new ChainFamily().Create(new CounterRandom(1, "a"), 1);
        Problem second = new EquationFamily().Create(new CounterRandom(1, "b"), 3);
        string right = $"</think>\n\\boxed{{{first.Answer}}}";
        string alsoRight = $"buys 1: 1+1=2\ncheck 2-1=1 no\nwait 1+1=2\n</think>\n\\boxed{{{first.Answer}}}";
        const string wrong = "</think>\n\\boxed{999}", cut = "1+1=2\n1+1";

        EvaluationReport report = Judge.Score(
            [first, second],
            [
                [new(right, 6, false), new(alsoRight, 20, false), new(wrong, 6, false), new(cut, 8, true)],
                [new(wrong, 6, false), new(wrong, 6, false), new(cut, 8, true), new(cut, 8, true)],
            ]);

        Assert.Equal([1, 2, 4], report.PassAtK.Select(score => score.K));
        Assert.Equal(0.25, report.PassAtK[0].Score.Mean, 12);
        Assert.Equal(0.25, report.PassAtK[0].Score.StandardError ?? 0, 12);
        Assert.Equal(5.0 / 12, report.PassAtK[1].Score.Mean, 12);
        Assert.Equal(0.5, report.PassAtK[2].Score.Mean, 12);
        Assert.Equal(0.5, report.Consensus.Mean, 12);
        Assert.Equal(5.0 / 8, report.Format.Mean, 12);
        Assert.Equal(68.0 / 8, report.Tokens.Mean, 12);
        Assert.Equal(3.0 / 8, report.Truncated.Mean, 12);
        Assert.Equal(1.0 / 8, report.WithChecks.Mean, 12);
        Assert.Equal(1.0 / 8, report.WithCorrections.Mean, 12);
        Assert.Equal(1, report.Language?.Mean);
        Assert.Equal(["chain", "equation"], report.ByFamily.Select(group => group.Family));
        Assert.Equal([1, 3], report.ByDifficulty.Select(group => group.Difficulty));
        GroupScore chainDirect = report.ByFamilyAndStyle.First(group => group is { Family: "chain", Style: Style.Direct });
        Assert.Equal(0.5, chainDirect.Accuracy.Mean);
        Assert.Equal(2, chainDirect.Accuracy.Count);
        Assert.Null(report.ByStyle.First(group => group.Style == Style.Equations).AccuracyWhenWellFormed);
    }

    [Fact]
    public void Worked_responses_without_slips_score_one_everywhere()
    {
        var source = new ProblemSource(new FamilyMix());
        Problem[] problems = [.. source.Distinct(Split.Test, 1, 60)];
        var random = new CounterRandom(2, "work");
        var responses = new List<Response[]>();
        foreach (Problem problem in problems)
        {
            responses.Add([.. Enum.GetValues<Style>().Select(style =>
                new Response(Families.Of(problem).Work(problem, style, WorkOptions.Plain, ref random), 1, false))]);
        }

        EvaluationReport report = Judge.Score(problems, responses);

        Assert.All(report.PassAtK, score => Assert.Equal(1, score.Score.Mean));
        Assert.Equal(1, report.Consensus.Mean);
        Assert.Equal(1, report.Format.Mean);
        Assert.Equal(4, report.ByStyle.Length);
        Assert.All(report.ByFamilyAndStyle, group => Assert.Equal(1, group.AccuracyWhenWellFormed?.Mean));
    }

    [Fact]
    public void Problems_and_responses_must_pair() =>
        Assert.Throws<ArgumentException>(() => Judge.Score([], []));
}
