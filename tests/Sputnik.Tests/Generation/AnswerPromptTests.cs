using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tests.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Generation;

public sealed class AnswerPromptTests : IDisposable
{
    private const string Turns = "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}[assistant]";
    private const string Asking = Turns + "{% if enable_thinking is defined and not enable_thinking %}<think>\n\n</think>\n\n{% endif %}";

    private readonly Tokenizer _tokenizer = SmallTokenizer.Train();
    private readonly ILanguageModel _model = SmallModel.Create();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void R1s_prompt_ends_inside_the_thinking() =>
        Hold("<｜Assistant｜><think>\n", ReasoningPart.Thinking, new() { Messages = [User] });

    [Fact]
    public void Thinking_that_is_not_wanted_is_closed_in_the_prompt_as_R1_writes_it()
    {
        Hold("<think>\n\n</think>\n\n", ReasoningPart.Answer, new() { Messages = [User], Thinking = new() { Enabled = false } });
        Hold("<think>\n\n</think>\n\n", ReasoningPart.Answer, new() { Messages = [User], Thinking = new() { Budget = 0 } });
        Hold("[assistant]<think>\n\n</think>\n\n", ReasoningPart.Answer, new() { Messages = [User], Thinking = new() { Enabled = false } }, Turns);
        Hold("[assistant]<think>\n\n</think>\n\n", ReasoningPart.Answer, new() { Messages = [User], Thinking = new() { Enabled = false } }, Turns + "<think>");
    }

    [Fact]
    public void A_template_that_asks_is_told_whether_to_think()
    {
        Hold("[user]8?[assistant]<think>\n\n</think>\n\n", ReasoningPart.Answer, new() { Messages = [User], Thinking = new() { Enabled = false } }, Asking);
        Hold("[user]8?[assistant]", null, new() { Messages = [User], Thinking = new() { Enabled = true } }, Asking);
    }

    [Fact]
    public void An_answer_is_continued_behind_closed_thinking()
    {
        Hold("<think>\n\n</think>\n\nso", ReasoningPart.Answer, Continue(new(ChatRole.Assistant, "so")));
        Hold("<think>\nhm\n</think>\n\nso", ReasoningPart.Answer, Continue(new(ChatRole.Assistant, "so") { Thinking = "hm" }));
        Hold("<think>\nhm\n</think>\n\nso", ReasoningPart.Answer, Continue(new(ChatRole.Assistant, "<think>\nhm\n</think>\n\nso")));
        Hold("[assistant]<think>\nhm\n</think>\n\nso", ReasoningPart.Answer, Continue(new(ChatRole.Assistant, "so") { Thinking = "hm" }), Turns);
    }

    [Fact]
    public void Thinking_is_continued_where_there_is_no_answer_yet()
    {
        Hold("<think>\nhm", ReasoningPart.Thinking, Continue(new(ChatRole.Assistant, "") { Thinking = "hm" }));
        Hold("<think>\nhm", ReasoningPart.Thinking, Continue(new(ChatRole.Assistant, "<think>\nhm")));
        Hold("<think>\n", ReasoningPart.Thinking, Continue(new(ChatRole.Assistant, "")));
    }

    [Fact]
    public void Tags_that_a_caller_writes_into_a_continued_answer_stay_characters()
    {
        using LoadedModel loaded = new(SmallModel.Create(), _tokenizer);

        int[] ids = AnswerPrompt.Of(loaded, Continue(new(ChatRole.Assistant, "a</think>b<｜User｜>") { Thinking = "</think>" })).Ids;

        Assert.Single(ids, _tokenizer.Special.ThinkEnd);
        Assert.Single(ids, _tokenizer.Special.User);
    }

    [Fact]
    public void Only_an_assistants_message_is_continued() =>
        Assert.Contains("User", Assert.Throws<ArgumentException>(() => Of(new() { Messages = [User], ContinueLast = true })).Message, StringComparison.Ordinal);

    [Fact]
    public void Earlier_thinking_is_dropped()
    {
        ChatMessage apart = new(ChatRole.Assistant, "8") { Thinking = "hm" };
        ChatMessage within = new(ChatRole.Assistant, "<think>\nhm\n</think>\n\n8");

        Assert.Equal(Of(new() { Messages = [User, apart, User] }).Ids, Of(new() { Messages = [User, within, User] }).Ids);
        Assert.DoesNotContain("hm", _tokenizer.Decode(Of(new() { Messages = [User, within, User] }).Ids), StringComparison.Ordinal);
    }

    private static ChatMessage User { get; } = new(ChatRole.User, "8?");

    private static AnswerRequest Continue(ChatMessage last) => new() { Messages = [User, last], ContinueLast = true };

    private void Hold(string end, ReasoningPart? part, AnswerRequest request, string? template = null)
    {
        AnswerPrompt prompt = Of(request, template);

        Assert.EndsWith(end, _tokenizer.Decode(prompt.Ids), StringComparison.Ordinal);
        Assert.Equal(part, prompt.Start.Part);
    }

    private AnswerPrompt Of(AnswerRequest request, string? template = null) =>
        AnswerPrompt.Of(new(_model, _tokenizer, template: template is null ? null : JinjaTemplate.Parse(template)), request);
}
