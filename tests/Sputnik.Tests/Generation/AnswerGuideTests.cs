using Sputnik.Generation;
using Sputnik.Tests.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Generation;

/// <summary>The guide against a model that says what a test wrote down.</summary>
public sealed class AnswerGuideTests
{
    private static readonly ReasoningStart Thinking = new(ReasoningPart.Thinking);
    private static readonly AnswerRequest Free = new() { Messages = [] };
    private readonly Tokenizer _small = SmallTokenizer.Train();

    [Fact]
    public void A_used_up_budget_closes_the_thinking_with_a_sentence()
    {
        AnswerGuide guide = new(new(_small, Thinking, Budget(5), null), null);
        int[] said = _small.Encode("check 12-1=11 ok check 12-1=11 ok check 12-1=11 ok check");

        int[] ids = Drive(guide, said, most: 300);

        ReasoningParts parts = Reasoning.Split(_small, ids);
        string thought = _small.Decode(said.AsSpan(0, 5));
        Assert.Equal(thought + ThinkingOptions.BudgetMessage[..^1], parts.Thinking);
        Assert.Equal(_small.Decode(said.AsSpan(5, parts.Answer.Length == 0 ? 0 : ids.Length - Array.IndexOf(ids, _small.Special.ThinkEnd) - 1)), parts.Answer);
        Assert.True(guide.ClosedThinking);
    }

    [Fact]
    public void A_budget_of_tags_in_characters_is_kept_too()
    {
        AnswerGuide guide = new(new(TagVocabulary.Tokenizer, default, Budget(2), null), null);

        int[] ids = Drive(guide, TagVocabulary.Ids("<th", "ink>x", "a", "a", "b</think>c"), most: 200);

        string text = TagVocabulary.Tokenizer.Decode(ids);
        Assert.StartsWith("<think>x" + "aa" + ThinkingOptions.BudgetMessage + "</think>b</think>c", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_character_that_has_begun_is_finished_first()
    {
        int[] said = [.. TagVocabulary.Bytes("a"), .. TagVocabulary.Bytes("😀"), .. TagVocabulary.Bytes("zz")];
        AnswerGuide guide = new(new(TagVocabulary.Tokenizer, Thinking, Budget(2), null), null);

        string text = TagVocabulary.Tokenizer.Decode(Drive(guide, said, most: 200));

        Assert.StartsWith("a😀" + ThinkingOptions.BudgetMessage + "</think>zz", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_character_that_never_ends_is_not_waited_for()
    {
        int[] said = [.. Enumerable.Repeat(TagVocabulary.Bytes("😀")[0], 50)];
        AnswerGuide guide = new(new(TagVocabulary.Tokenizer, Thinking, Budget(2), null), null);

        int[] ids = Drive(guide, said, most: 200);

        Assert.Equal(5, ids.TakeWhile(id => id == said[0]).Count());
    }

    [Fact]
    public void A_budget_of_nothing_closes_at_once_without_a_word()
    {
        int[] ids = Drive(new AnswerGuide(new(_small, Thinking, Budget(0), null), null), _small.Encode("so 8"), most: 20);

        Assert.Equal([_small.Special.ThinkEnd, .. _small.Encode("so 8")], ids);
    }

    [Fact]
    public void Thinking_that_ends_within_its_budget_is_left_alone()
    {
        int[] said = [.. _small.Encode("ok"), _small.Special.ThinkEnd, .. _small.Encode("8 check 8 check 8 check")];
        AnswerGuide guide = new(new(_small, Thinking, Budget(5), null), null);

        Assert.Equal(said, Drive(guide, said, most: 100));
        Assert.False(guide.ClosedThinking);
    }

    [Fact]
    public void Someone_may_end_the_thinking_at_any_token_but_not_the_answer()
    {
        int[] said = _small.Encode("so 8 so 8 so 8");
        AnswerGuide guide = new(new(_small, Thinking, Free, null), null);
        guide.Accept(said[0]);
        int? before = guide.Force();

        guide.StopThinking();
        int[] ids = Drive(guide, said[1..], most: 100);
        guide.StopThinking();

        Assert.Null(before);
        Assert.Single(ids, _small.Special.ThinkEnd);
        Assert.Null(guide.Force());
        Assert.True(guide.ClosedThinking);
    }

    [Fact]
    public void A_stop_string_ends_the_answer_but_not_the_thinking()
    {
        AnswerGuide guide = new(new(TagVocabulary.Tokenizer, Thinking, Free with { Stop = ["STOP"] }, null), null);
        int[] said = TagVocabulary.Ids("STOP", "b</think>c", "ST", "OP", "a");

        int[] ids = Drive(guide, said, most: 100);

        Assert.Equal(said[..^1], ids);
        Assert.Equal(FinishReason.Stop, guide.Ended);
    }

    [Fact]
    public void Saying_the_same_over_and_over_ends_an_answer_unless_it_may()
    {
        int[] said = [.. Enumerable.Repeat(TagVocabulary.Ids("a", "d"), 400).SelectMany(pair => pair)];
        AnswerGuide watched = new(new(TagVocabulary.Tokenizer, Thinking, Free, null), null);
        AnswerGuide free = new(new(TagVocabulary.Tokenizer, Thinking, Free with { EndLoops = false }, null), null);

        Assert.Equal(LoopDetector.Repeated + 2, Drive(watched, said, most: 1000).Length);
        Assert.True(watched.Looped);
        Assert.Equal(800, Drive(free, said, most: 1000).Length);
    }

    [Fact]
    public void A_format_binds_behind_the_thinking_only()
    {
        List<Letters> made = [];
        AnswerGuide guide = new(new(_small, Thinking, Free, null), () => Made(made));
        int a = _small.Encode("a")[0];

        bool whileThinking = guide.Restrict(new(_small.VocabularySize));
        guide.Accept(a);
        guide.Accept(_small.Special.ThinkEnd);
        bool behind = guide.Restrict(new(_small.VocabularySize));
        guide.Accept(a);

        Assert.False(whileThinking);
        Assert.True(behind);
        Assert.Equal([a], Assert.Single(made).Accepted);
    }

    [Fact]
    public void An_undecided_model_may_still_begin_to_think()
    {
        List<Letters> made = [];
        AnswerGuide guide = new(new(_small, default, Free, null), () => Made(made));
        TokenMask mask = new(_small.VocabularySize);

        guide.Restrict(mask);
        guide.Accept(_small.Special.ThinkStart);

        Assert.True(mask[_small.Special.ThinkStart]);
        Assert.False(guide.Restrict(new(_small.VocabularySize)));
        guide.Accept(_small.Special.ThinkEnd);
        Assert.True(guide.Restrict(mask));
        Assert.False(mask[_small.Special.ThinkStart]);
        Assert.Equal(2, made.Count);
        Assert.Empty(made[1].Accepted);
    }

    private static AnswerRequest Budget(int tokens) => Free with { Thinking = new() { Budget = tokens } };

    private static Letters Made(List<Letters> made)
    {
        made.Add(new());
        return made[^1];
    }

    /// <summary>What a sequence becomes when the model wants to say these tokens, and the guide has its way.</summary>
    private static int[] Drive(AnswerGuide guide, int[] said, int most)
    {
        List<int> ids = [];
        for (int at = 0; ids.Count < most && guide.Ended is null && (guide.Force() is not null || at < said.Length);)
        {
            int id = guide.Force() ?? said[at++];
            guide.Accept(id);
            ids.Add(id);
        }

        return [.. ids];
    }

    /// <summary>A format that allows nothing, and remembers.</summary>
    private sealed class Letters : ITokenGuide
    {
        public List<int> Accepted { get; } = [];

        public int? Force() => null;

        public FinishReason? Ended => null;

        public bool Restrict(TokenMask allowed)
        {
            allowed.AllowNone();
            return true;
        }

        public void Accept(int token) => Accepted.Add(token);
    }
}
