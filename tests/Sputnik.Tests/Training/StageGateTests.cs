using Sputnik.Tasks;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class StageGateTests
{
    private const string Thinking = "1+1=2\n";

    [Theory]
    [InlineData(4, 12, true)]
    [InlineData(12, 4, false)]
    [InlineData(8, 8, false)]
    public void Thinking_has_to_be_right_more_often_than_direct_answers(int directRight, int thinkingRight, bool holds)
    {
        StageGate gate = Gate(("", directRight, 16), (Thinking, thinkingRight, 16));

        FamilyGate family = Assert.Single(gate.Families);
        Assert.Equal((holds, holds), (family.Holds, gate.Holds));
        Assert.Equal((Style.Equations, directRight / 16.0, thinkingRight / 16.0), (family.BestStyle, family.Direct, family.Thinking));
    }

    [Fact]
    public void A_style_seen_too_rarely_does_not_count()
    {
        StageGate gate = Gate(("", 0, 16), (Thinking, 15, 15));

        Assert.False(gate.Holds);
        Assert.Equal("fewer than 16 well-formed responses think", gate.Families[0].Why);
    }

    [Fact]
    public void Without_direct_answers_there_is_nothing_to_beat() => Assert.True(Gate((Thinking, 1, 16)).Holds);

    [Fact]
    public void The_table_shows_accuracy_and_number_by_style()
    {
        string table = Gate(("", 4, 16), (Thinking, 12, 16)).Table();

        Assert.EndsWith("| chain | 0.25 (16) | 0.75 (16) | – | – | yes: Equations 0.75, direct 0.25 |\n", table, StringComparison.Ordinal);
    }

    private static StageGate Gate(params (string Thinking, int Right, int Count)[] styles)
    {
        ProblemSource source = new(new() { Equation = 0, Calendar = 0, Cups = 0 });
        Problem problem = source.Distinct(Split.Train, seed: 1, count: 1)[0];
        Response[] responses =
        [
            .. styles.SelectMany(style => Enumerable.Range(0, style.Count).Select(i => new Response(
                $"{style.Thinking}</think>\n\\boxed{{{(i < style.Right ? problem.Answer : "999")}}}", 10, false))),
        ];
        return StageGate.Of(new Evaluation(new(source.Families)).Score([problem], [responses]));
    }
}
