using Sputnik.Tasks;
using Sputnik.Tensors;

namespace Sputnik.Tests.Tasks;

public class VerifierTests
{
    private static readonly Verifier Judge = new(new TaskFamilies());
    private static readonly Problem Asked = new ChainFamily().Create(new CounterRandom(1, "chain"), 2);

    [Theory]
    [InlineData("</think>\n\\boxed{A}")]
    [InlineData("1+1=2\n</think>\n\\boxed{A}")]
    [InlineData("\\boxed{3} no\n</think>\n\\boxed{ A }")]
    [InlineData("</think>\nThe answer is \\boxed{A}.")]
    public void The_boxed_answer_after_the_thinking_counts(string response)
    {
        Verdict verdict = Judge.Verify(Asked, response.Replace("A", Asked.Answer, StringComparison.Ordinal));

        Assert.Equal(1, verdict.Score);
        Assert.True(verdict.WellFormed);
        Assert.Equal(Asked.Answer, verdict.Answer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("\\boxed{A}")]
    [InlineData("\\boxed{A}</think>")]
    [InlineData("</think>A")]
    [InlineData("</think>\\boxed{}")]
    [InlineData("</think>\\boxed{  }")]
    [InlineData("</think>\\boxed{A")]
    [InlineData("</think>\\boxed{{A}")]
    [InlineData("</think></think>\\boxed{A}")]
    [InlineData("<think></think>\\boxed{A}")]
    [InlineData("</think>\\boxed{1}\\boxed{A}")]
    [InlineData("</think>\\boxed{\\boxed{A}}")]
    [InlineData("</think>\\Boxed{A}")]
    public void Another_form_scores_nothing(string response)
    {
        Verdict verdict = Judge.Verify(Asked, response.Replace("A", Asked.Answer, StringComparison.Ordinal));

        Assert.Equal(0, verdict.Score);
        Assert.False(verdict.WellFormed);
        Assert.Null(verdict.Answer);
    }

    [Fact]
    public void A_well_formed_wrong_answer_votes_but_does_not_score()
    {
        Verdict verdict = Judge.Verify(Asked, "</think>\\boxed{12345}");

        Assert.Equal(0, verdict.Score);
        Assert.True(verdict.WellFormed);
        Assert.Equal("12345", verdict.Answer);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("7", true)]
    [InlineData("-7", true)]
    [InlineData("123456789", true)]
    [InlineData("-123456789", true)]
    [InlineData("1234567890", false)]
    [InlineData("-0", false)]
    [InlineData("00", false)]
    [InlineData("-", false)]
    [InlineData("--1", false)]
    [InlineData("1 2", false)]
    [InlineData("１", false)]
    public void Integers_are_canonical_or_refused(string text, bool canonical) =>
        Assert.Equal(canonical, IntegerAnswer.IsCanonical(text));

    [Fact]
    public void Rewards_name_their_components()
    {
        string right = $"buys 1: 1+1=2\n检查 2-1=1 ok\n</think>\n\\boxed{{{Asked.Answer}}}";

        Rewards rewards = Rewards.Of(Judge.Verify(Asked, right), right);
        Rewards direct = Rewards.Of(Judge.Verify(Asked, "</think>\n\\boxed{99}"), "</think>\n\\boxed{99}");

        Assert.Equal(new Rewards(1, 1, 2.0 / 3), rewards);
        Assert.Equal(new Rewards(0, 1, null), direct);
        Assert.Equal(1.1, rewards.Total(new RewardWeights()), 12);
        Assert.Equal(0.1, direct.Total(new RewardWeights { Language = 1 }), 12);
        Assert.Throws<ArgumentException>(() => new RewardWeights { Format = -1 }.Validate());
    }

    [Theory]
    [InlineData("buys 1: 11+1=12\ncheck 12-1=11 ok", 1.0)]
    [InlineData("检查 12-1=11 不对", 0.0)]
    [InlineData("check 所以", 0.5)]
    [InlineData("check 所以所以所以", 0.25)]
    [InlineData("check да", 0.5)]
    [InlineData("8*x=16\n</think>\n\\boxed{2}", null)]
    [InlineData("5+5=10 \ud800", null)]
    [InlineData("", null)]
    public void Language_consistency_is_the_share_of_english_words(string text, double? expected) =>
        Assert.Equal(expected, LanguageConsistency.Share(text, Language.English));
}
