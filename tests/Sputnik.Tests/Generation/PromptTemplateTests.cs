using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Tests.Laws;
using Sputnik.Tests.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Generation;

public sealed class PromptTemplateTests
{
    private const string Described =
        "## Tools\n\nYou can call these functions. Each is a JSON object with its name, what it does and the JSON Schema of its arguments:\n\n" +
        "{\"name\":\"now\",\"description\":\"The time.\",\"parameters\":{}}\n\n" +
        "To call functions, write this after your thinking and nothing behind it:\n\n";

    private static readonly Tokenizer Tokenizer = SmallTokenizer.Train(600);
    private static readonly PromptOptions WithTools = new() { Tools = [Tool()] };
    private static readonly ChatMessage[] Called =
    [
        new(ChatRole.User, "When?"),
        new(ChatRole.Assistant, "") { ToolCalls = [new("1", "now", "{\"zone\":\"CET\"}"), new("2", "now", "{}")] },
        new(ChatRole.Tool, "12:00") { ToolCallId = "1" },
        new(ChatRole.Tool, "11:00") { ToolCallId = "2" },
    ];

    [Fact]
    public void R1_is_told_of_functions_calls_and_results_in_its_own_markers()
    {
        int[] ids = new PromptTemplate(Tokenizer).Prompt(Called, WithTools);

        Assert.Equal(
            "<｜begin▁of▁sentence｜>" + Described +
            "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>NAME\n```json\n{\"argument\": \"value\"}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>" +
            "<｜User｜>When?<｜Assistant｜><｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>now\n```json\n{\"zone\":\"CET\"}\n```<｜tool▁call▁end｜>\n" +
            "<｜tool▁call▁begin｜>function<｜tool▁sep｜>now\n```json\n{}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜><｜end▁of▁sentence｜>" +
            "<｜tool▁outputs▁begin｜><｜tool▁output▁begin｜>12:00<｜tool▁output▁end｜>\n<｜tool▁output▁begin｜>11:00<｜tool▁output▁end｜><｜tool▁outputs▁end｜>" +
            "<｜Assistant｜><think>\n",
            Tokenizer.Decode(ids));
    }

    [Theory]
    [InlineData("deepseek-ai-DeepSeek-R1-Distill-Qwen-32B", ToolDialectKind.DeepSeekR1)]
    [InlineData("deepseek-ai-DeepSeek-R1-Distill-Llama-8B", ToolDialectKind.DeepSeekR1)]
    [InlineData("deepseek-ai-DeepSeek-V3.1", ToolDialectKind.DeepSeekV31)]
    [InlineData("Qwen-Qwen3-0.6B", ToolDialectKind.Hermes)]
    [InlineData("Qwen-QwQ-32B", ToolDialectKind.Hermes)]
    [InlineData("NousResearch-Hermes-3-Llama-3.1-8B-tool_use", ToolDialectKind.Hermes)]
    [InlineData("meta-llama-Llama-3.1-8B-Instruct", ToolDialectKind.Llama3)]
    [InlineData("meta-llama-Llama-3.2-3B-Instruct", ToolDialectKind.Llama3)]
    [InlineData("mistralai-Mistral-Nemo-Instruct-2407", ToolDialectKind.Mistral)]
    [InlineData("mistralai-Ministral-3-14B-Reasoning-2512", ToolDialectKind.Mistral)]
    [InlineData("Qwen3-Coder", null)]
    [InlineData("GLM-4.6", null)]
    [InlineData("deepseek-ai-DeepSeek-V3.2", null)]
    [InlineData("google-gemma-2-2b-it", null)]
    public void A_published_template_tells_its_dialect(string name, ToolDialectKind? kind) =>
        Assert.Equal(kind, ToolDialect.Of(Published(name), Tokenizer)?.Kind);

    [Theory]
    [InlineData("deepseek-ai-DeepSeek-R1-Distill-Qwen-32B", "function<｜tool▁sep｜>now\n```json\n{\"zone\":\"CET\"}\n```")]
    [InlineData("deepseek-ai-DeepSeek-V3.1", "now<｜tool▁sep｜>{\"zone\": \"CET\"}")]
    [InlineData("Qwen-Qwen2.5-7B-Instruct", "<tool_call>\n{\"name\": \"now\", \"arguments\": {\"zone\": \"CET\"}}\n</tool_call>")]
    [InlineData("Qwen-Qwen3-0.6B", "<tool_call>\n{\"name\": \"now\", \"arguments\": {\"zone\": \"CET\"}}\n</tool_call>")]
    public void A_published_template_gets_functions_calls_and_results(string name, string call)
    {
        string prompt = Tokenizer.Decode(new PromptTemplate(Tokenizer, Published(name)).Prompt(Called, WithTools));

        Assert.Contains("The time.", prompt, StringComparison.Ordinal);
        Assert.Contains(call, prompt, StringComparison.Ordinal);
        Assert.Contains("11:00", prompt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("meta-llama-Llama-3.1-8B-Instruct", "{\"name\": \"now\", \"parameters\": {\"zone\": \"CET\"}}")]
    [InlineData("mistralai-Mistral-Nemo-Instruct-2407", "{\"name\": \"now\", \"arguments\": {\"zone\": \"CET\"}, \"id\": \"abcdefgh1\"}")]
    [InlineData("NousResearch-Hermes-3-Llama-3.1-8B-tool_use", "<tool_call>\n{\"name\": \"now\", \"arguments\": {\"zone\": \"CET\"}}\n</tool_call>")]
    public void A_template_that_takes_one_call_a_turn_gets_it(string name, string call)
    {
        ChatMessage[] messages =
        [
            Called[0],
            new(ChatRole.Assistant, "") { ToolCalls = [new("abcdefgh1", "now", "{\"zone\":\"CET\"}")] },
            new(ChatRole.Tool, "12:00") { ToolCallId = "abcdefgh1", Name = "now" },
        ];

        string prompt = Tokenizer.Decode(new PromptTemplate(Tokenizer, Published(name)).Prompt(messages, WithTools));

        Assert.Contains("The time.", prompt, StringComparison.Ordinal);
        Assert.Contains(call, prompt, StringComparison.Ordinal);
        Assert.Contains("12:00", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_of_a_model_whose_calls_are_not_read_are_refused() =>
        Assert.Throws<NotSupportedException>(() => new PromptTemplate(Tokenizer, JinjaTemplate.Parse("{{ messages }}")).Prompt(Called, WithTools));

    [Fact]
    public void Variables_reach_the_template()
    {
        PromptTemplate template = new(Tokenizer, JinjaTemplate.Parse("{{ enable_thinking }} {{ thinking }} {{ effort }}"));

        int[] ids = template.Prompt([], new() { Thinking = false, Variables = new Dictionary<string, TemplateValue> { ["effort"] = TemplateValue.Input("low") } });

        Assert.Equal("False False low", Tokenizer.Decode(ids));
    }

    [Fact]
    public void An_answer_to_be_continued_is_left_open()
    {
        PromptTemplate template = new(Tokenizer, JinjaTemplate.Parse("{% for m in messages %}<{{ m.role }}>{{ m.content }}<end>{% endfor %}"));
        ChatMessage[] messages = [new(ChatRole.User, "so 8"), new(ChatRole.Assistant, "so 8")];

        Assert.Equal("<user>so 8<end><assistant>so 8", Tokenizer.Decode(template.Prompt(messages, new() { ContinueLast = true })));
        Assert.EndsWith("<｜Assistant｜>so 8", Tokenizer.Decode(new PromptTemplate(Tokenizer).Prompt(messages, new() { ContinueLast = true })), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => template.Prompt(messages[..1], new() { ContinueLast = true }));
        Assert.Throws<ArgumentException>(() => new PromptTemplate(Tokenizer).Prompt(messages[..1], new() { ContinueLast = true }));
    }

    [Fact]
    public void Thinking_can_be_closed_before_it_begins()
    {
        PromptTemplate template = new(Tokenizer);
        int[] ids = template.Prompt([new(ChatRole.User, "so")], new() { Thinking = false });

        Assert.EndsWith("<｜Assistant｜><think>\n\n</think>\n\n", Tokenizer.Decode(ids), StringComparison.Ordinal);
        Assert.False(template.EndsThinking(ids));
    }

    [Fact]
    public void Nothing_a_tool_wrote_adds_a_special_token() =>
        Samples.Hold(Samples.Text, text =>
        {
            ToolDefinition tool = Tool() with { Description = text };
            int[] ids = new PromptTemplate(Tokenizer).Prompt(
                [new(ChatRole.Assistant, text) { ToolCalls = [new("1", text, text)] }, new(ChatRole.Tool, text)],
                new() { Tools = [tool] });
            return ids.Count(Tokenizer.Special.Contains) == 5;
        });

    private static JinjaTemplate Published(string name)
    {
        string path = Path.Combine(Repository.Root, "..", "shared", "golden", "templates", name + ".jinja");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there.");
        return JinjaTemplate.Parse(File.ReadAllText(path));
    }

    private static ToolDefinition Tool()
    {
        using JsonDocument schema = JsonDocument.Parse("{}");
        return new("now", "The time.", schema.RootElement.Clone());
    }
}
