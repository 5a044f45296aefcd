using FsCheck.Fluent;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class ReasoningTests
{
    private readonly Tokenizer _tokenizer = SmallTokenizer.Train();

    [Theory]
    [InlineData("hm\n</think>\n\n8", "hm", "8", true)]
    [InlineData("hm</think>8", "hm", "8", true)]
    [InlineData("hm\n\n</think>\n\n\n8\n", "hm\n", "\n8\n", true)]
    [InlineData("\n</think>\n\n8", "", "8", true)]
    [InlineData("</think>", "", "", true)]
    [InlineData("never closed\n", "never closed\n", "", false)]
    [InlineData("", "", "", false)]
    [InlineData("hm</think>8</think>9", "hm", "8</think>9", true)]
    [InlineData("hm <think> hm</think><think>8", "hm <think> hm", "<think>8", true)]
    public void A_response_splits_alike_as_text_and_as_ids(string response, string thinking, string answer, bool closed)
    {
        var expected = new ReasoningParts(thinking, answer, closed);

        ReasoningParts byText = Reasoning.Split(response);
        ReasoningParts byIds = Reasoning.Split(_tokenizer, new ChatTemplate(_tokenizer).Response(response));

        Assert.Equal(expected, byText);
        Assert.Equal(expected, byIds);
    }

    [Fact]
    public void An_opening_tag_repeated_at_the_start_is_left_out()
    {
        SpecialIds special = _tokenizer.Special;
        int[] ids = [special.ThinkStart, .. _tokenizer.Encode("\nhm\n"), special.ThinkEnd, .. _tokenizer.Encode("\n8")];
        var expected = new ReasoningParts("hm", "8", Closed: true);

        ReasoningParts byText = Reasoning.Split("<think>\nhm\n</think>\n8");
        ReasoningParts byIds = Reasoning.Split(_tokenizer, ids);

        Assert.Equal(expected, byText);
        Assert.Equal(expected, byIds);
    }

    [Fact]
    public void Characters_that_spell_the_tag_do_not_close_the_thinking()
    {
        ReasoningParts parts = Reasoning.Split(_tokenizer, _tokenizer.Encode("hm</think>8"));

        Assert.Equal(new ReasoningParts("hm</think>8", "", Closed: false), parts);
    }

    [Fact]
    public void Any_text_splits_alike_as_text_and_as_ids() =>
        Samples.Hold(Samples.Text.Where(text => !text.StartsWith("<think>", StringComparison.Ordinal)), text =>
            Reasoning.Split(text) == Reasoning.Split(_tokenizer, new ChatTemplate(_tokenizer).Response(text)));

    [Fact]
    public void Any_ids_split_without_an_error_and_lose_no_answer() =>
        Samples.Hold(Samples.Ids(_tokenizer), ids =>
        {
            ReasoningParts parts = Reasoning.Split(_tokenizer, ids);
            int close = Array.IndexOf(ids, _tokenizer.Special.ThinkEnd);
            string after = close < 0 ? "" : _tokenizer.Decode(ids.AsSpan(close + 1), skipControl: true);
            return parts.Closed == close >= 0
                && after.EndsWith(parts.Answer, StringComparison.Ordinal)
                && after[..^parts.Answer.Length] is "" or "\n" or "\n\n";
        });

    [Fact]
    public void A_line_end_waits_until_it_is_known_whose_it_is()
    {
        var stream = new ReasoningStream(_tokenizer);
        string[] texts = [.. _tokenizer.Encode("a\n").Select(id => stream.Push(id).Text)];

        ReasoningPiece next = stream.Push(_tokenizer.Encode("b")[0]);

        Assert.Equal("a", string.Concat(texts));
        Assert.Equal(new ReasoningPiece(ReasoningPart.Thinking, "\nb"), next);
    }

    [Fact]
    public void The_part_changes_with_the_closing_token()
    {
        var stream = new ReasoningStream(_tokenizer);
        stream.Push(_tokenizer.Encode("a")[0]);
        ReasoningPart before = stream.Part;

        stream.Push(_tokenizer.Special.ThinkEnd);

        Assert.Equal(ReasoningPart.Thinking, before);
        Assert.Equal(ReasoningPart.Answer, stream.Part);
    }
}
