using System.Text;
using System.Text.Json;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Fuzz;

/// <summary>Templates that nobody would write: known ones with pieces cut, doubled and put in from elsewhere.</summary>
internal sealed class TemplateTarget : IFuzzTarget
{
    private const string File = "template.jinja";


    private static readonly string[] Seeds =
    [
        "{{ bos_token }}{% for m in messages %}{% if m['role'] == 'user' %}{{ '<|u|>' + m.content | trim }}{% elif m.role == 'assistant' %}{{ m['content'].split('</think>')[-1].lstrip('\\n') }}{% else %}{{ raise_exception('no') }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|a|>' }}{% endif %}",
        "{% set ns = namespace(a=0, l=[]) %}{% for i in range(10, 0, -2) %}{% set ns.a = ns.a + i ** 2 % 7 // 1 %}{% set _ = ns.l.append(loop.cycle(i, ns.a)) %}{% if loop.last and not i is odd %}{% break %}{% endif %}{% endfor %}{{ ns.l[::-1][1:3] ~ ns.a | string }}",
        "{% macro f(a, b='x', c=none) %}{{ a | tojson(indent=2) }}{{ varargs }}{{ kwargs | dictsort }}{{ caller(1) if caller is defined }}{% endmacro %}{% call(z) f(messages, c=1, q=[2]) %}{{ z }}{{ f(z) | upper | indent(3, true) }}{% endcall %}",
        "{%- for k, v in {'a': 1, 'b': [1, 2.5, none, true]}.items() recursive -%}{{ loop.index }}{{ k }}:{{ v | list | join(', ') if v is iterable else v | int | round(2) }}{%- else -%}{# nothing #}{%- endfor -%}{% raw %}{{ x }}{% endraw %}",
        "{% set t %}{{ messages | map(attribute='content') | select('string') | map('replace', 'a', 'bb') | join('|') }}{% endset %}{% filter trim | title %}{{ t }}{% endfilter %}{{ '%s %5.1f' % (t, 3.14159) }}{{ t.partition('b') }}{{ '{} {x}'.format(1, x=t) }}{{ messages | groupby('role') | first }}",
        "{% with a = 3, b = 'q' * 4 %}{{ a < 4 <= 5 != 6 }}{{ b in 'qqqqq' }}{{ (a, b, -a ** 2) | sort | unique | batch(2) | list }}{{ strftime_now('%Y-%m-%d') }}{% endwith %}{{ x.y if x is defined }}",
    ];

    private static readonly string[] Pieces =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", "*", "**", "//", "%", "~", "|", ".", ",", ":", "=", "==", "(", ")", "[", "]", "{", "}", "'", "\"", "\\", "\\u12", "\n",
        " ", "0", "-1", "9223372036854775807", "1e308", "99999999", "[::-1]", "range(99999999)", "range(0, 99999, 3)", "'a' * 9999999", "[0] * 99999", " is ", " not ", " in ", " if ", " else ", " and ",
        "loop", "loop(x)", "caller()", "messages", "ns", ".append(ns)", "namespace()", "{% for i in range(300) %}", "{% endfor %}", "{% if x %}", "{% endif %}", "{% set x = x ~ x %}", "{% macro f() %}{{ f() }}{{ f() }}", "{% endmacro %}",
        "{% endset %}", "{% endcall %}", "{% endfilter %}", "{% raw %}", "{% endraw %}", "|tojson", "|sort", "|sum", "|length", "|map('map', 'map')", "|join(messages)", "|batch(99999999, 1)", "|indent(999)", "|center(9999999)", ".zfill(99999999)",
        ".split()", ".replace('', 'xx')", "|round(99)", "|format(1)", "'%999d'", "\ud83d", "\ud83d\ude00", "\0", "٣", "｜", "﻿",
    ];

    private static readonly Dictionary<string, TemplateValue> Variables = new()
    {
        ["messages"] = TemplateValue.FromJson(JsonDocument.Parse(
            """[{"role":"user","content":" a\ud83d\ude00b "},{"role":"assistant","content":"<think>\n1</think>\n\nabc"},{"role":"user","content":null,"n":[1,2.5,{"k":true}]}]""").RootElement),
        ["bos_token"] = TemplateValue.Trusted("<b>"),
        ["add_generation_prompt"] = TemplateValue.Of(true),
    };

    public string Name => "template";

    // What the budgets of a rendering allow, whatever the template's length: TemplateLimits.
    public long MostManaged(long fileBytes) => 256L << 20;

    public FuzzCase Make(ref CounterRandom random) =>
        new(new Dictionary<string, byte[]> { [File] = System.Runtime.InteropServices.MemoryMarshal.AsBytes(Mutated(ref random).AsSpan()).ToArray() });

    public bool Refuses(Exception error) => error is TemplateException { Line: >= 1 };

    public void Use(string folder)
    {
        byte[] bytes = System.IO.File.ReadAllBytes(Path.Combine(folder, File));
        string source = new(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, char>(bytes));
        RenderedPrompt prompt = JinjaTemplate.Parse(source).RenderTracked(Variables);
        int at = 0;
        foreach (TextSpan span in prompt.FromInput)
        {
            if (span.Start < at || span.Length <= 0 || span.End > prompt.Text.Length)
            {
                throw new InvalidOperationException($"The spans of {source} are out of order.");
            }

            at = span.End + 1;
        }
    }

    private static string Mutated(ref CounterRandom random)
    {
        StringBuilder source = new(Seeds[random.NextInt(0, Seeds.Length - 1)]);
        for (int edits = random.NextInt(1, random.NextInt(1, 8)); edits > 0; edits--)
        {
            int at = random.NextInt(0, source.Length);
            int length = Math.Min(random.NextInt(0, 12), source.Length - at);
            switch (random.NextInt(0, 3))
            {
                case 0:
                    source.Remove(at, length);
                    break;
                case 1:
                    source.Insert(at, Pieces[random.NextInt(0, Pieces.Length - 1)]);
                    break;
                case 2:
                    string other = Seeds[random.NextInt(0, Seeds.Length - 1)];
                    int from = random.NextInt(0, other.Length - 1);
                    source.Insert(at, other.AsSpan(from, Math.Min(random.NextInt(1, 40), other.Length - from)));
                    break;
                default:
                    source.Remove(at, length).Insert(at, Pieces[random.NextInt(0, Pieces.Length - 1)]);
                    break;
            }
        }

        return source.ToString();
    }
}
