using FsCheck.Fluent;
using Sputnik.Fuzz;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class SentencePieceTests
{
    private readonly Tokenizer _tokenizer = Tokenizer.From(SmallSentencePiece.Data);

    [Theory]
    [InlineData("", "")]
    [InlineData("ab", "▁ab")]
    [InlineData("abc", "▁ab c")]
    [InlineData("cab", "▁ c ab")]
    [InlineData("bc bc", "▁ bc ▁ bc")]
    [InlineData("  a", "▁▁ ▁a")]
    [InlineData("a▁b", "▁a ▁ b")]
    [InlineData("<s>", "▁ < s >")]
    public void The_best_scores_are_merged_first(string text, string words)
    {
        int[] ids = _tokenizer.Encode(text);

        Assert.Equal(words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(SmallSentencePiece.Id), ids);
    }

    [Fact]
    public void A_character_without_a_token_is_written_in_bytes()
    {
        int[] ids = _tokenizer.Encode("é");

        Assert.Equal([SmallSentencePiece.Id("▁"), 3 + 0xC3, 3 + 0xA9], ids);
        Assert.Equal("é", _tokenizer.Decode(ids));
    }

    [Fact]
    public void Merging_by_words_equals_merging_the_whole()
    {
        // A token with a blank inside forbids the cut by words; "x y" occurs in no sample.
        Tokenizer whole = Tokenizer.From(SmallSentencePiece.Data with
        {
            Tokens = [.. SmallSentencePiece.Data.Tokens, "x▁y"],
            TokenTypes = [.. SmallSentencePiece.Data.TokenTypes ?? [], TokenKind.Normal],
            Scores = [.. SmallSentencePiece.Data.Scores ?? [], -99],
        });

        Samples.Hold(
            Gen.Elements("abc  \né".ToCharArray()).ListOf().Select(string.Concat),
            text => whole.Encode(text).SequenceEqual(_tokenizer.Encode(text)));
    }

    [Fact]
    public void Any_text_comes_back_with_spaces_for_their_stand_in() =>
        Samples.Hold(Samples.Text, text => _tokenizer.Decode(_tokenizer.Encode(text)) == text.Replace('▁', ' '));

    [Fact]
    public void Special_tokens_are_parsed_on_request_and_text_behind_them_opens_with_a_space()
    {
        int[] ids = _tokenizer.Encode("<s>ab</s>c", parseSpecial: true);

        Assert.Equal([1, SmallSentencePiece.Id("▁ab"), 2, SmallSentencePiece.Id("▁"), SmallSentencePiece.Id("c")], ids);
    }

    [Theory]
    [InlineData("ab", false)]
    [InlineData("<s>ab", true)]
    public void The_opening_token_stands_once(string text, bool parseSpecial)
    {
        int[] ids = _tokenizer.Encode(text, parseSpecial, addSpecial: true);

        Assert.Equal([1, SmallSentencePiece.Id("▁ab")], ids);
    }

    [Fact]
    public void The_closing_token_is_added_where_the_vocabulary_asks_for_it()
    {
        Tokenizer tokenizer = Tokenizer.From(SmallSentencePiece.Data with { AddBos = false, AddEos = true });

        Assert.Equal([SmallSentencePiece.Id("▁ab"), 2], tokenizer.Encode("ab", parseSpecial: false, addSpecial: true));
        Assert.Equal([2], tokenizer.Encode("</s>", parseSpecial: true, addSpecial: true));
    }

    [Fact]
    public void A_text_that_goes_on_keeps_its_space()
    {
        int space = SmallSentencePiece.Id("▁a");

        Assert.Equal("a", new StreamDecoder(_tokenizer).Push(space));
        Assert.Equal(" a", new StreamDecoder(_tokenizer, continues: true).Push(space));
        Assert.Equal("a a", _tokenizer.Decode([1, space, space, 2], skipControl: true));
        Assert.Equal("<s> a", _tokenizer.Decode([1, space]));
    }

    [Fact]
    public void Without_the_prefix_text_is_as_it_is()
    {
        Tokenizer tokenizer = Tokenizer.From(SmallSentencePiece.Data with { AddSpacePrefix = false });

        Assert.Equal([SmallSentencePiece.Id("ab")], tokenizer.Encode("ab"));
        Assert.Equal(" a", tokenizer.Decode(tokenizer.Encode(" a")));
    }
}
