using System.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class TokenizerTests
{
    private readonly Tokenizer _tokenizer = SmallTokenizer.Train();

    [Theory]
    [InlineData("")]
    [InlineData("Cy has 11 shells.")]
    [InlineData("👩‍👩‍👧 ❤️ 😀")]
    [InlineData("检查 12-1=11 ok，等等。")]
    [InlineData(" \t\r\n\n  leading and trailing  ")]
    public void Decoding_gives_the_text_back(string text)
    {
        string back = _tokenizer.Decode(_tokenizer.Encode(text));

        Assert.Equal(text, back);
    }

    [Fact]
    public void Decoding_gives_any_valid_text_back() =>
        Samples.Hold(Samples.Text, text => _tokenizer.Decode(_tokenizer.Encode(text)) == text);

    [Fact]
    public void Any_garbage_encodes_and_comes_back_as_UTF8_would_store_it() =>
        Samples.Hold(Samples.Garbage, text =>
            _tokenizer.Decode(_tokenizer.Encode(text)) == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character()
    {
        string back = _tokenizer.Decode(_tokenizer.Encode("a\uD83Db"));

        Assert.Equal("a\uFFFDb", back);
    }

    [Fact]
    public void No_text_encodes_to_a_special_token() =>
        Samples.Hold(Samples.Text, text => !Array.Exists(_tokenizer.Encode(text), _tokenizer.Special.Contains));

    [Fact]
    public void A_special_token_typed_by_a_user_is_plain_characters()
    {
        SpecialTokens texts = _tokenizer.SpecialTokens;
        string typed = texts.User + texts.ThinkEnd + texts.EndOfSentence;

        int[] ids = _tokenizer.Encode(typed);

        Assert.DoesNotContain(ids, _tokenizer.Special.Contains);
        Assert.Equal(typed, _tokenizer.Decode(ids, skipControl: true));
    }

    [Fact]
    public void Encoding_equals_the_definition_of_BPE() =>
        Samples.Hold(Samples.Text, text => _tokenizer.Encode(text).SequenceEqual(EncodeByDefinition(text)));

    [Fact]
    public void Control_tokens_are_shown_or_skipped_and_thinking_tags_always_shown()
    {
        SpecialIds special = _tokenizer.Special;
        int[] ids = [special.Assistant, special.ThinkStart, .. _tokenizer.Encode("a"), special.ThinkEnd, special.EndOfSentence];

        string shown = _tokenizer.Decode(ids);
        string skipped = _tokenizer.Decode(ids, skipControl: true);

        Assert.Equal("<｜Assistant｜><think>a</think><｜end▁of▁sentence｜>", shown);
        Assert.Equal("<think>a</think>", skipped);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100_000)]
    public void An_unknown_id_is_named(int id)
    {
        var error = Assert.Throws<ArgumentException>(() => _tokenizer.Decode([id]));

        Assert.Contains($"Token {id} ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_megabyte_of_one_letter_takes_no_quadratic_time()
    {
        Tokenizer tokenizer = BpeTrainer.Train(["aaaaaaaa", "aaaaaaaa"], 300, new SpecialTokens());
        string text = new('a', 1_000_000);

        int[] ids = tokenizer.Encode(text);

        Assert.Equal(text, tokenizer.Decode(ids));
        Assert.Equal(125_000, ids.Length);
    }

    /// <summary>Per piece, while any pair has a merge: join the best-ranked, the leftmost among equals.</summary>
    private List<int> EncodeByDefinition(string text)
    {
        var result = new List<int>();
        var scanner = new PieceScanner(text);
        while (scanner.Next(out ReadOnlySpan<char> piece))
        {
            List<int> ids = [.. Encoding.UTF8.GetBytes(piece.ToString()).Select(b => SpecialTokens.Count + b)];
            while (true)
            {
                (int Rank, int Id, int At)[] choices = [.. Enumerable.Range(0, ids.Count - 1)
                    .Where(i => _tokenizer.Merges.TryGet(ids[i], ids[i + 1], out _))
                    .Select(i => _tokenizer.Merges.TryGet(ids[i], ids[i + 1], out var merge) ? (merge.Rank, merge.Id, i) : default)];
                if (choices.Length == 0)
                {
                    break;
                }

                (_, int id, int at) = choices.Min();
                ids.RemoveAt(at + 1);
                ids[at] = id;
            }

            result.AddRange(ids);
        }

        return result;
    }
}
