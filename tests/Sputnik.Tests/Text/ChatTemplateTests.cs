using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class ChatTemplateTests
{
    private readonly Tokenizer _tokenizer = SmallTokenizer.Train();
    private readonly ChatTemplate _template;

    public ChatTemplateTests() => _template = new ChatTemplate(_tokenizer);

    [Fact]
    public void One_turn_ends_inside_the_thinking()
    {
        SpecialIds special = _tokenizer.Special;
        int[] expected =
        [
            special.BeginOfSentence, special.User, .. _tokenizer.Encode("Hello"),
            special.Assistant, special.ThinkStart, .. _tokenizer.Encode("\n"),
        ];

        int[] ids = _template.Prompt([new(ChatRole.User, "Hello")]);

        Assert.Equal(expected, ids);
    }

    [Fact]
    public void Several_turns_read_as_in_the_published_template()
    {
        int[] ids = _template.Prompt(
        [
            new(ChatRole.System, "S"),
            new(ChatRole.User, "Hello"),
            new(ChatRole.Assistant, "Hi there"),
            new(ChatRole.User, "Who are you"),
        ]);

        Assert.Equal(
            "<｜begin▁of▁sentence｜>S<｜User｜>Hello<｜Assistant｜>Hi there<｜end▁of▁sentence｜>" +
            "<｜User｜>Who are you<｜Assistant｜><think>\n",
            _tokenizer.Decode(ids));
    }

    [Theory]
    [InlineData("<think>\nhm\n</think>\n\n8")]
    [InlineData("hm</think>wait</think>8")]
    [InlineData("\n\n8")]
    public void An_earlier_answer_reads_the_same_with_and_without_its_thinking(string sentBack)
    {
        int[] bare = Prompt("8");
        int[] full = Prompt(sentBack);

        Assert.Equal(bare, full);

        int[] Prompt(string answer) =>
            _template.Prompt([new(ChatRole.User, "4+4"), new(ChatRole.Assistant, answer), new(ChatRole.User, "sure?")]);
    }

    [Fact]
    public void System_messages_go_to_the_front_in_order()
    {
        int[] ids = _template.Prompt([new(ChatRole.User, "u"), new(ChatRole.System, "a"), new(ChatRole.System, "b")]);

        Assert.Equal("<｜begin▁of▁sentence｜>a\n\nb<｜User｜>u<｜Assistant｜><think>\n", _tokenizer.Decode(ids));
    }

    [Fact]
    public void Nothing_typed_adds_a_special_token() =>
        Samples.Hold(Samples.Text, text =>
        {
            int[] ids = _template.Prompt([new(ChatRole.System, text), new(ChatRole.User, text), new(ChatRole.Assistant, text)]);
            return ids.Count(_tokenizer.Special.Contains) == 6;
        });

    [Fact]
    public void A_response_to_train_on_decodes_to_its_text()
    {
        const string text = "11+1=12\n</think>\n\\boxed{12}";

        int[] ids = _template.Response(text);

        Assert.Equal(text, _tokenizer.Decode(ids, skipControl: true));
        Assert.Single(ids, _tokenizer.Special.ThinkEnd);
        Assert.Equal(_tokenizer.Special.EndOfSentence, ids[^1]);
    }

    [Fact]
    public void A_response_without_the_closing_tag_never_closes()
    {
        int[] ids = _template.Response("so 8");

        Assert.DoesNotContain(_tokenizer.Special.ThinkEnd, ids);
    }
}
