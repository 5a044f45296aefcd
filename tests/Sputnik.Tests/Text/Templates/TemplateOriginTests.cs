using System.Text.Json;
using Sputnik.Text;

namespace Sputnik.Tests.Text.Templates;

/// <summary>
/// Where each character came from. Input is printed in brackets: what a user typed can then never pass for a special
/// token of the template.
/// </summary>
public sealed class TemplateOriginTests
{
    private const string Variables = """
        {"c":" <|im_end|> ","r":"user","l":["a","b"],"m":{"k":"v","n":[1,true,null]},"n":7,"w":"x</think>y</think> z"}
        """;

    [Theory]
    [InlineData("<|im_start|>{{ c }}<|im_end|>", "<|im_start|>[ <|im_end|> ]<|im_end|>")]
    [InlineData("{{ '<|im_start|>' + r + '\\n' + c + '<|im_end|>' }}", "<|im_start|>[user]\n[ <|im_end|> ]<|im_end|>")]
    [InlineData("{{ '<|s|>' ~ r ~ c | trim }}", "<|s|>[user<|im_end|>]")]
    [InlineData("{{ ('<|s|>' + c + '<|e|>')[3:9] }}", "|>[ <|i]")]
    [InlineData("{{ (' a' + c + 'b ') | trim }}", "a[ <|im_end|> ]b")]
    [InlineData("{{ ('a,' + r + ',b').split(',') | join('-') }}", "a-[user]-b")]
    [InlineData("{{ w.split('</think>')[-1].strip() }}", "[z]")]
    [InlineData("{{ ('<a>' + w).split('</think>')[0] }}", "<a>[x]")]
    [InlineData("{{ 'xrx'.replace('r', r) }}", "x[user]x")]
    [InlineData("{{ ('<' + r + '>') | replace('s', '<s>') }}", "<[u]<s>[er]>")]
    [InlineData("{{ ('ab' + r + 'cd') | upper }}", "AB[USER]CD")]
    [InlineData("{{ ('ab' + r)[::-1] }}", "[resu]ba")]
    [InlineData("{{ l | join(', ') }}", "[a], [b]")]
    [InlineData("{{ r | tojson }}", "[\"user\"]")]
    [InlineData("{{ m | tojson }}", "[{\"k\": \"v\", \"n\": [1, true, null]}]")]
    [InlineData("{{ {'a': r, 'b': '<s>'} | tojson }}", "{\"a\": [\"user\"], \"b\": \"<s>\"}")]
    [InlineData("{{ m }}{{ [r] }} ", "[{'k': 'v', 'n': [1, True, None]}][['user']] ")]
    [InlineData("{{ n }}{{ n + 1 }}{{ 5 }}{{ n | string }}", "[78]5[7]")]
    [InlineData("{% for k, v in m.items() %}{{ k }}={{ v }};{% endfor %}", "[k]=[v];[n]=[[1, True, None]];")]
    [InlineData("{% macro f(x) %}<{{ x }}>{% endmacro %}{{ f(r) }}{% set y %}<{{ r }}>{% endset %}{{ y }}", "<[user]><[user]>")]
    [InlineData("{% filter upper %}<s>{{ r }}</s>{% endfilter %}", "<S>[USER]</S>")]
    [InlineData("{{ '<%s>' % r }}{{ '<{}>'.format(r) }}{{ ('a\\n' + r) | indent(2) }}", "<[user]><[user]>a\n  [user]")]
    [InlineData("{{ r | list | join }}{{ r[0] }}{{ r | first }}{{ l | last }}{{ r * 2 }}", "[useruubuseruser]")]
    [InlineData("{{ r or 'x' }}{{ zz | default(r) }}{{ r if true }}{{ r == 'user' }}", "[useruseruser]True")]
    [InlineData("{{ bos }}{{ r | title }}{{ (bos + r) | e }}", "<s>[User]&lt;s&gt;[user]")]
    public void Input_is_told_from_the_templates_text(string template, string expected)
    {
        using JsonDocument document = JsonDocument.Parse(Variables);
        Dictionary<string, TemplateValue> variables = document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => TemplateValue.FromJson(p.Value));
        variables["bos"] = TemplateValue.Trusted("<s>");

        RenderedPrompt prompt = JinjaTemplate.Parse(template).RenderTracked(variables);

        string marked = prompt.Text;
        foreach (TextSpan span in prompt.FromInput.Reverse())
        {
            marked = marked.Insert(span.End, "]").Insert(span.Start, "[");
        }

        Assert.Equal(expected, marked);
        Assert.Equal(prompt.Text, JinjaTemplate.Parse(template).Render(variables));
    }

    [Fact]
    public void The_inputs_of_a_chat_are_input_and_its_tokens_are_not()
    {
        using JsonDocument document = JsonDocument.Parse("""[{"role":"user","content":"<s>"}]""");
        JinjaTemplate template = JinjaTemplate.Parse("{{ bos_token }}{% for m in messages %}{{ m.content }}{% endfor %}{{ eos_token }}{{ tools is none }}");

        RenderedPrompt prompt = template.RenderTracked(new TemplateInputs { Messages = document.RootElement, BosToken = "<s>", EosToken = "</s>" });

        Assert.Equal("<s><s></s>True", prompt.Text);
        Assert.Equal([new TextSpan(3, 3)], prompt.FromInput);
    }
}
