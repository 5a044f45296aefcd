using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class ReasoningSplitterTests
{
    private static readonly ReasoningStart Thinking = new(ReasoningPart.Thinking);
    private static readonly ReasoningStart Answering = new(ReasoningPart.Answer);
    private static readonly ReasoningStart[] Starts = [default, Thinking, Answering, new(ReasoningPart.Thinking, 1), new(ReasoningPart.Answer, 2)];
    private readonly Tokenizer _small = SmallTokenizer.Train();

    [Theory]
    [InlineData("hm<|>\n</think>\n\n<|>8", "hm", "8")]
    [InlineData("hm<|><|/<|>t<|>hink>8", "hm<|/think>8", "")]
    [InlineData("b</think>c<|>d", "b", "cd")]
    [InlineData("a<|></<|>th<|>ink>x", "a", "x")]
    [InlineData("a<|></<|>th<|>a", "a</tha", "")]
    [InlineData("a<|>\n<|>\n<|></think><|>\n<|>\n<|>\n<|>b", "a\n", "\nb")]
    [InlineData("never closed\n</thi", "never closed\n</thi", "")]
    [InlineData("a</think>b<think>c</think>d", "a", "b<think>c</think>d")]
    [InlineData("<th<|>ink>x<|></think>y", "x", "y")]
    [InlineData("<th<|>e", "<the", "")]
    [InlineData("</think>", "", "")]
    public void Tags_made_of_characters_are_found_however_tokens_cut_them(string tokens, string thinking, string answer)
    {
        int[] ids = TagVocabulary.Ids(tokens.Split("<|>"));

        Assert.Equal((thinking, answer), Split(TagVocabulary.Tokenizer, Thinking, ids).Parts);
    }

    [Theory]
    [InlineData("<think>hm</think>8", "hm", "8")]
    [InlineData(" \n<think>\nhm\n</think>\n\n8", "hm", "8")]
    [InlineData("<think>\n\n</think>\n\n8", "", "8")]
    [InlineData("8", "", "8")]
    [InlineData(" \n8", "", " \n8")]
    [InlineData("8 <think>hm</think>", "", "8 <think>hm</think>")]
    [InlineData("</think>8", "", "8")]
    [InlineData("<thing>", "", "<thing>")]
    [InlineData("<thi", "", "<thi")]
    [InlineData(" \n", "", " \n")]
    [InlineData("", "", "")]
    public void An_undecided_response_thinks_if_its_first_text_is_the_tag(string text, string thinking, string answer)
    {
        Assert.Equal((thinking, answer), Split(TagVocabulary.Tokenizer, default, TagVocabulary.Bytes(text)).Parts);
        Assert.Equal((thinking, answer), Split(_small, default, Tagged(text)).Parts);
    }

    [Fact]
    public void Held_back_is_only_what_may_be_a_tag()
    {
        ReasoningSplitter splitter = new(TagVocabulary.Tokenizer, Thinking);

        Assert.Equal("a", Push("a"));
        Assert.Equal("", Push("\n"));
        Assert.Equal("", Push("</th"));
        Assert.Equal("\n</tha", Push("a"));
        Assert.Equal("<", Push("<", "<"));

        string Push(params string[] texts)
        {
            List<ReasoningPiece> pieces = [];
            Array.ForEach(TagVocabulary.Ids(texts), id => splitter.Push(id, pieces));
            return string.Concat(pieces.Select(piece => piece.Text));
        }
    }

    [Fact]
    public void Every_cutting_of_a_response_splits_as_its_whole_text()
    {
        for (ulong seed = 0; seed < 4000; seed++)
        {
            int[] ids = TagVocabulary.Random(seed);
            Hold(TagVocabulary.Tokenizer, ids, Starts[seed % 5], "<think>", "</think>");
        }
    }

    [Fact]
    public void Every_stream_of_tokens_splits_at_the_tokens_of_the_tags()
    {
        CounterRandom random = new(1, "tokens of tags");
        int[] often = [_small.Special.ThinkStart, _small.Special.ThinkEnd, .. _small.Encode("\n"), .. _small.Encode("等"), _small.Special.EndOfSentence];
        for (int i = 0; i < 4000; i++)
        {
            int[] ids = [.. Enumerable.Range(0, random.NextInt(0, 12)).Select(_ => random.NextInt(0, 1) == 0
                ? often[random.NextInt(0, often.Length - 1)] : random.NextInt(0, _small.VocabularySize - 1))];
            Hold(_small, ids, Starts[i % 5], WholeSplit.OpenToken, WholeSplit.CloseToken);
        }
    }

    [Theory]
    [InlineData("think \n", ReasoningPart.Thinking, 0)]
    [InlineData("think", ReasoningPart.Thinking, 1)]
    [InlineData("/think", ReasoningPart.Answer, 2)]
    [InlineData("/think \n", ReasoningPart.Answer, 1)]
    [InlineData("/think \n \n \n", ReasoningPart.Answer, 0)]
    [InlineData("think a", null, 0)]
    [InlineData("think a /think b", null, 0)]
    [InlineData("a", null, 0)]
    [InlineData("", null, 0)]
    public void The_prompts_end_says_where_a_response_begins(string words, ReasoningPart? part, int lineEnds)
    {
        string text = words.Replace("/think", "<END>").Replace("think", "<think>").Replace("<END>", "</think>").Replace(" ", "");

        Assert.Equal(new(part, lineEnds), ReasoningStart.Of(TagVocabulary.Tokenizer, TagVocabulary.Bytes(text)));
        Assert.Equal(new(part, lineEnds), ReasoningStart.Of(_small, Tagged(text)));
    }

    [Fact]
    public void Characters_that_spell_a_tag_do_not_end_a_prompt_whose_vocabulary_has_its_token() =>
        Assert.Null(ReasoningStart.Of(_small, _small.Encode("<think>")).Part);

    [Theory]
    [InlineData("<think>hm hm</think>8", 5)]
    [InlineData("<think></think>8", 0)]
    [InlineData("<think>hm hm", 5)]
    [InlineData("8", 0)]
    public void Tokens_of_the_thinking_are_counted_without_its_tags(string text, int count)
    {
        Assert.Equal(count, Split(TagVocabulary.Tokenizer, default, TagVocabulary.Bytes(text)).Tokens);
        int start = text.IndexOf("<think>", StringComparison.Ordinal), end = text.IndexOf("</think>", StringComparison.Ordinal);
        int between = start < 0 ? 0 : _small.Encode(text[7..(end < 0 ? text.Length : end)]).Length;
        Assert.Equal(between, Split(_small, default, Tagged(text)).Tokens);
    }

    [Fact]
    public void What_only_looked_like_a_tag_is_counted_after_all() =>
        Assert.Equal(8, Split(TagVocabulary.Tokenizer, Thinking, TagVocabulary.Bytes("a</thinb")).Tokens);

    private int[] Tagged(string text) => _small.Encode(text, parseSpecial: true);

    private static void Hold(Tokenizer tokenizer, int[] ids, ReasoningStart start, string open, string close)
    {
        (string, string) expected = WholeSplit.Of(WholeSplit.Text(tokenizer, ids), start, open, close);

        ((string, string) Parts, int _, List<ReasoningPiece> pieces) = Split(tokenizer, start, ids);

        Assert.True(expected == Parts, $"[{string.Join(", ", ids)}] from {start}: {Parts} is not {expected}.");
        Assert.All(pieces, piece => Assert.True(Text(piece.Text) && piece.Text.Length > 0));

        static bool Text(string text) => !text.Where((unit, i) => char.IsHighSurrogate(unit) && (i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))).Any()
            && !(text.Length > 0 && char.IsLowSurrogate(text[0]));
    }

    private static ((string Thinking, string Answer) Parts, int Tokens, List<ReasoningPiece> Pieces) Split(Tokenizer tokenizer, ReasoningStart start, int[] ids)
    {
        ReasoningSplitter splitter = new(tokenizer, start);
        List<ReasoningPiece> pieces = [];
        foreach (int id in ids)
        {
            splitter.Push(id, pieces);
        }

        splitter.Flush(pieces);
        return ((Of(ReasoningPart.Thinking), Of(ReasoningPart.Answer)), splitter.ThinkingTokens, pieces);

        string Of(ReasoningPart part) => string.Concat(pieces.Where(piece => piece.Part == part).Select(piece => piece.Text));
    }
}
