using Sputnik.Fuzz;
using Sputnik.Text;

namespace Sputnik.Tests.Text.Templates;

/// <summary>Whatever a template tries to spend, it ends soon and with a message.</summary>
public sealed class TemplateLimitsTests
{
    private static readonly Dictionary<string, TemplateValue> None = [];

    public static TheoryData<string> Monsters =>
    [
        "{{ range(10 ** 10) }}",
        "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
        "{{ range(-9223372036854775807, 9223372036854775807) }}",
        "{{ 'a' * 10000000000 }}",
        "{{ ('a' * 4000000) * 4000000 }}",
        "{{ [0] * 10000000000 }}",
        "{{ 9223372036854775807 + 1 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ " + new string('(', 100_000) + "1" + new string(')', 100_000) + " }}",
        "{{ " + new string('[', 100_000),
        "{{ " + new string('-', 100_000) + "1 }}",
        "{{ " + string.Concat(Enumerable.Repeat("not ", 100_000)) + "1 }}",
        "{{ a" + string.Concat(Enumerable.Repeat(".a", 100_000)) + " }}",
        "{{ a" + string.Concat(Enumerable.Repeat("|trim", 100_000)) + " }}",
        "{{ " + string.Concat(Enumerable.Repeat("1 if a else ", 50_000)) + "1 }}",
        string.Concat(Enumerable.Repeat("{% if a %}", 50_000)),
        string.Concat(Enumerable.Repeat("{% for a in b %}", 50_000)),
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
        "{% macro f(n) %}{% if n %}{{ f(n - 1) ~ f(n - 1) }}{% else %}{{ 'a' * 1000 }}{% endif %}{% endmacro %}{{ f(30) }}",
        "{% set ns = namespace(s='a') %}{% for i in range(64) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% set ns = namespace(s='a') %}{% for i in range(64) %}{% set ns.s = ns.s.replace('a', 'aa') %}{% endfor %}",
        "{% set ns = namespace(l=[1]) %}{% for i in range(64) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
        "{% set l = [] %}{% for i in range(200) %}{% set _ = l.append(l) %}{% endfor %}{{ l }}",
        "{% set l = [] %}{% set _ = l.append(l) %}{{ l | tojson }}",
        "{% set l = [] %}{% set k = [] %}{% set _ = l.append(k) %}{% set _ = k.append(l) %}{{ l == k }}",
        "{% for i in [[]] recursive %}{{ loop([[]]) }}{% endfor %}",
        "{% for i in range(90000) %}{{ ('a' * 1000000) | length }}{% endfor %}",
        "{% for i in range(90000) %}{{ range(90000) | sort }}{% endfor %}",
        "{{ 'a' | center(10000000000) }}{{ 'a' | center(2000000000) }}",
        "{{ '%999999999d' % 1 }}",
        "{{ [[]] | map('map', 'map', 'map') | list }}{{ 'a' | indent(1000000000) }}",
        "{{ range(90000) | map('string') | join('b' * 100000) }}",
        "{{ range(90000) | batch(1, 'a') | map('batch', 90000, 'a') | list }}",
    ];

    [Theory]
    [MemberData(nameof(Monsters), DisableDiscoveryEnumeration = true)]
    public void A_monster_ends(string template)
    {
        TemplateException error = Assert.Throws<TemplateException>(() => JinjaTemplate.Parse(template).Render(None));

        Assert.False(error.IsRaisedByTemplate);
    }

    [Fact]
    public void A_long_but_flat_template_is_fine()
    {
        string sum = string.Join(" + ", Enumerable.Repeat("1", 10_000));
        string text = string.Join(" ~ ", Enumerable.Repeat("'a'", 10_000));
        string or = string.Join(" or ", Enumerable.Repeat("0", 10_000));

        Assert.Equal("10000", JinjaTemplate.Parse($"{{{{ {sum} }}}}").Render(None));
        Assert.Equal(10_000, JinjaTemplate.Parse($"{{{{ {text} }}}}").Render(None).Length);
        Assert.Equal("0", JinjaTemplate.Parse($"{{{{ {or} }}}}").Render(None));
    }

    [Theory]
    [InlineData("{{ range(11) }}", "longer than the 10 allowed")]
    [InlineData("{{ 'abcdefgh' * 3 }}", "over 20 characters")]
    [InlineData("abcdefghijklmnopqrstuvw", "over 20 characters")]
    [InlineData("{% for i in range(10) %}{% for j in range(10) %}{% endfor %}{% endfor %}", "more than 50 steps")]
    [InlineData("{{ ((((((1)))))) }}", "nests deeper than 5")]
    public void Each_limit_is_kept_and_named(string template, string message)
    {
        TemplateLimits limits = new() { Items = 10, TextLength = 20, Steps = 50, Nesting = 5 };

        TemplateException error = Assert.Throws<TemplateException>(() => JinjaTemplate.Parse(template, limits).Render(None));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_over_its_length_is_refused()
    {
        TemplateException error = Assert.Throws<TemplateException>(() => JinjaTemplate.Parse(new string('a', 11), new() { SourceLength = 10 }));

        Assert.Contains("at most 10 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_that_cannot_be_kept_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JinjaTemplate.Parse("", new() { Nesting = 100_000 }));

    [Fact]
    public void A_message_of_a_million_characters_is_rendered()
    {
        JinjaTemplate template = JinjaTemplate.Parse("{% if '</think>' in c %}{{ c.split('</think>')[-1] | trim }}{% endif %}{{ c | trim }}");

        string text = template.Render(new Dictionary<string, TemplateValue> { ["c"] = TemplateValue.Input(new string('a', 1_000_000) + "</think>b") });

        Assert.Equal(1_000_010, text.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Mutated_templates_end_in_text_or_a_template_exception(ulong seed)
    {
        FuzzReport report = new FuzzRun(new TemplateTarget(), seed).Run(first: 0, count: 5_000);

        Assert.Empty(report.Failures);
        Assert.InRange(report.Refused, 500, 4_999);
    }
}
