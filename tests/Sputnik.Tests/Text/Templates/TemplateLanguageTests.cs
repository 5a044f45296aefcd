using System.Text.Json;
using Sputnik.Text;

namespace Sputnik.Tests.Text.Templates;

/// <summary>The language: each row's output is what Python's jinja2 3.1.6 prints, set up as Hugging Face transformers does.</summary>
public sealed class TemplateLanguageTests
{
    private const string Variables = """
        {"s": "Hello, World", "u": "naïve 😀 ß x😀", "l": [3, 1, 2], "m": {"b": 1, "a": [1, 2.5, null, true, "x'\"\n"], "C": {"k": "v"}}, "ms": [{"role": "user", "content": " hi "}, {"role": "assistant", "content": "yo"}, {"role": "user", "content": null}], "f": 1.5, "n": 7, "neg": -7, "t": true, "no": null, "w": "  a  b c  ", "lines": "a\n\nb\r\nc\n", "e": [], "em": {}}
        """;

    public static TheoryData<string, string> Rows => new()
    {
        { "{% set x = 0 %}{% for i in [1,2] %}{% set x = x + 1 %}{{ x }}{% endfor %}{{x}}", "110" },
        { "{{ m.items() }} {{ m.keys() }} {{ m.values() }} {{ range(3) }} {{ range(1,9,2) }} {{ range(9,1,-3)|list }}", "dict_items([('b', 1), ('a', [1, 2.5, None, True, 'x\\'\"\\n']), ('C', {'k': 'v'})]) dict_keys(['b', 'a', 'C']) dict_values([1, [1, 2.5, None, True, 'x\\'\"\\n'], {'k': 'v'}]) range(0, 3) range(1, 9, 2) [9, 6, 3]" },
        { "{{ namespace(a=1) }} {{ (1,) }} {{ () }} {{ 1,2 }} {{ [] }} {{ {} }}", "<Namespace {'a': 1}> (1,) () (1, 2) [] {}" },
        { "{{ 1e16 }} {{ 1e15 }} {{ 1.5e-5 }} {{ 0.0001 }} {{ 1/3 }} {{ -0.0 }} {{ 1e22 }} {{ 1e23 }} {{ 123456789.125 }} {{ 5e-324 }} {{ 1.7976931348623157e308 }} {{ 100.0 }} {{ 2.5e10 }}", "1e+16 1000000000000000.0 1.5e-05 0.0001 0.3333333333333333 -0.0 1e+22 1e+23 123456789.125 5e-324 1.7976931348623157e+308 100.0 25000000000.0" },
        { "{{ ['a\"b','c\\'d', 'x\\n\\x01é\\u2028', \"a'b\\\"c\", '\\\\'] }}", "['a\"b', \"c'd\", 'x\\n\\x01é\\u2028', 'a\\'b\"c', '\\\\']" },
        { "{{ -7 // 2 }} {{ -7 % 3 }} {{ 7.5 // 2 }} {{ -7.5 % 2 }} {{ 2**-1 }} {{2**3**2}} {{ -2 ** 2 }} {{ 7 // -2 }} {{ 7 % -3 }}", "-4 2 3.0 0.5 0.5 64 4 -4 -2" },
        { "{{ 1 < 2 < 3 }} {{ 'a' in 'abc' }} {{ 1 in {1:2} }} {{ [1,2] < [1,3] }} {{ 1 == 1.0 }} {{ true == 1 }} {{ 'a' < 'b' }} {{ 3 > 2 > 2 }}", "True True True True True True True False" },
        { "{% macro f(a, b=2) %}{{a}}{{b}}{{varargs}}{{kwargs}}{{ caller is defined }}{% endmacro %}{{ f(1,2,3,x=4) }}{{ f() }} {{ f.name }}", "12(3,){'x': 4}False2(){}False f" },
        { "{% for x in l recursive %}{{ loop.depth }}{{ x }}{% endfor %}{% for x in e %}{% else %}E{% endfor %}", "131112E" },
        { "{% for x in [[1,[2,3]],[4]] recursive %}[{% if x is iterable %}{{ loop(x) }}{% else %}{{ x }}/{{ loop.depth }}{% endif %}]{% endfor %}", "[[1/2][[2/3][3/3]]][[4/2]]" },
        { "{{ x ~ 1 }} {{ x|length }} {{ x|list }} {{ x == y }} {{ m.zz == x }}|{{ x }}|{{ m.zz }}|", "1 0 [] True True|||" },
        { "{{ u|length }} {{ u[7] }} {{ u[6:8] }} {{ u[::-1] }} {{ u|list }} {{ u|reverse }} {{ u.find('x') }} {{ u|upper }}", "12   😀  😀x ß 😀 evïan ['n', 'a', 'ï', 'v', 'e', ' ', '😀', ' ', 'ß', ' ', 'x', '😀'] 😀x ß 😀 evïan 10 NAÏVE 😀 SS X😀" },
        { "{{ s[1:] }} {{ s[:-1] }} {{ s[-3:] }} {{ s[::2] }} {{ s[::-1] }} {{ s[5:2] }} {{ s[100:] }} {{ l[::-1] }} {{ l[-1] }} {{ l[5] }} {{ s[-1] }} {{ l[1:][0] }} {{ s[10:2:-3] }}", "ello, World Hello, Worl rld Hlo ol dlroW ,olleH   [2, 1, 3] 2  d 1 lWo" },
        { "{{ w.split() }} {{ w.split(' ') }} {{ w.split(None, 1) }} {{ w.rsplit(None, 1) }} {{ w.rsplit() }} {{ s.split(',') }} {{ s.split('o', 1) }} {{ s.rsplit('o', 1) }} {{ s.partition(',') }} {{ s.rpartition('z') }} {{ 'aXbXc'.rsplit('X') }}", "['a', 'b', 'c'] ['', '', 'a', '', 'b', 'c', '', ''] ['a', 'b c  '] ['  a  b', 'c'] ['a', 'b', 'c'] ['Hello', ' World'] ['Hell', ', World'] ['Hello, W', 'rld'] ('Hello', ',', ' World') ('', '', 'Hello, World') ['a', 'b', 'c']" },
        { "{{ lines.splitlines() }} {{ lines|indent }}| {{ lines|indent(2, true) }}| {{ lines|indent(2, first=true, blank=true) }}| {{ lines|indent('>> ') }}|", "['a', '', 'b', 'c'] a\n\n    b\n    c\n|   a\n\n  b\n  c\n|   a\n  \n  b\n  c\n  | a\n\n>> b\n>> c\n|" },
        { "{{ w|trim }}| {{ w.strip() }}| {{ w.lstrip() }}| {{ w.rstrip() }}| {{ 'xxaxx'.strip('x') }} {{ 'abcab'.lstrip('ab') }} {{ 'xxaxx'|trim('x') }}", "a  b c| a  b c| a  b c  |   a  b c| a cab a" },
        { "{{ s.replace('l','L') }} {{ s.replace('l','L',1) }} {{ s|replace('o','0') }} {{ 'abc'.replace('','-') }} {{ 'abc'.replace('','-',2) }} {{ 'aaa'|replace('a','b',2) }}", "HeLLo, WorLd HeLlo, World Hell0, W0rld -a-b-c- -a-bc bba" },
        { "{{ l|sort }} {{ l|sort(reverse=true) }} {{ ['b','A','c']|sort }} {{ ['b','A','c']|sort(case_sensitive=true) }} {{ m|dictsort }} {{ {'b':1,'A':2}|dictsort(by='value', reverse=true) }} {{ ms|sort(attribute='role')|map(attribute='role')|list }}", "[1, 2, 3] [3, 2, 1] ['A', 'b', 'c'] ['A', 'b', 'c'] [('a', [1, 2.5, None, True, 'x\\'\"\\n']), ('b', 1), ('C', {'k': 'v'})] [('A', 2), ('b', 1)] ['assistant', 'user', 'user']" },
        { "{{ ['a','A','b']|unique|list }} {{ l|sum }} {{ ms|map(attribute='role')|join(', ') }} {{ l|max }} {{ l|min }} {{ e|max }}| {{ ['b','A']|min }} {{ l|first }} {{ l|last }} {{ e|first }}", "['a', 'b'] 6 user, assistant, user 3 1 | A 3 2 " },
        { "{{ ms|selectattr('role','equalto','user')|list|length }} {{ ms|rejectattr('content')|list }} {{ ms|selectattr('content')|map(attribute='content')|list }} {{ [1,2,3]|select('odd')|list }} {{ [1,0,'']|reject|list }} {{ ['a','b']|map('upper')|list }} {{ ms|map(attribute='zz', default='q')|list }} {{ ms|selectattr('content','none')|list }}", "2 [{'role': 'user', 'content': None}] [' hi ', 'yo'] [1, 3] [0, ''] ['A', 'B'] ['q', 'q', 'q'] [{'role': 'user', 'content': None}]" },
        { "{{ ms|groupby('role') }}", "[('assistant', [{'role': 'assistant', 'content': 'yo'}]), ('user', [{'role': 'user', 'content': ' hi '}, {'role': 'user', 'content': None}])]" },
        { "{{ range(7)|batch(3)|list }} {{ range(7)|batch(3,'x')|list }} {{ range(7)|slice(3)|list }} {{ range(7)|slice(3,'x')|list }}", "[[0, 1, 2], [3, 4, 5], [6]] [[0, 1, 2], [3, 4, 5], [6, 'x', 'x']] [[0, 1, 2], [3, 4], [5, 6]] [[0, 1, 2], [3, 4, 'x'], [5, 6, 'x']]" },
        { "{{ m|tojson }} {{ m|tojson(indent=2) }} {{ m|tojson(separators=(',',':')) }} {{ m|tojson(sort_keys=true) }} {{ u|tojson }} {{ u|tojson(ensure_ascii=true) }} {{ e|tojson(indent=4) }} {{ em|tojson(indent=4) }} {{ 1.0|tojson }} {{ {1:2,none:3,true:4}|tojson }} {{ '<a>&\\x7f'|tojson }} {{ (1,2)|tojson }}", "{\"b\": 1, \"a\": [1, 2.5, null, true, \"x'\\\"\\n\"], \"C\": {\"k\": \"v\"}} {\n  \"b\": 1,\n  \"a\": [\n    1,\n    2.5,\n    null,\n    true,\n    \"x'\\\"\\n\"\n  ],\n  \"C\": {\n    \"k\": \"v\"\n  }\n} {\"b\":1,\"a\":[1,2.5,null,true,\"x'\\\"\\n\"],\"C\":{\"k\":\"v\"}} {\"C\": {\"k\": \"v\"}, \"a\": [1, 2.5, null, true, \"x'\\\"\\n\"], \"b\": 1} \"naïve 😀 ß x😀\" \"na\\u00efve \\ud83d\\ude00 \\u00df x\\ud83d\\ude00\" [] {} 1.0 {\"1\": 4, \"null\": 3} \"<a>&\x007f\" [1, 2]" },
        { "{{ f|int }} {{ '42'|int }} {{ ' 42 '|int }} {{ 'x'|int(7) }} {{ '1.9'|int }} {{ '0x1f'|int(0,16) }} {{ 'x'|float }} {{ '1e3'|float }} {{ n|float }} {{ none|int }} {{ true|int }} {{ '1_000'|int }}", "1 42 42 7 1 31 0.0 1000.0 7.0 0 1 1000" },
        { "{{ 2.675|round(2) }} {{ 0.5|round }} {{ 1.5|round }} {{ 2.5|round }} {{ 0.125|round(2) }} {{ 42|round }} {{ 42.55|round(1,'floor') }} {{ 42.51|round(1,'ceil') }} {{ 1234|round(-2) }} {{ 1234.5|round(-2) }} {{ -5|abs }} {{ -5.5|abs }} {{ 1.005|round(2) }}", "2.67 0.0 2.0 2.0 0.12 42 42.5 42.6 1200 1200.0 5 5.5 1.0" },
        { "{{ 'a' if false }}| {{ 'a' if n > 3 else 'b' }} {{ 'a' if false else 'b' if false else 'c' }}", "| a c" },
        { "{{ n is odd }} {{ n is divisibleby 7 }} {{ n is divisibleby(2) }} {{ s is string }} {{ m is mapping }} {{ m is sequence }} {{ l is sequence }} {{ m.items() is sequence }} {{ m.items() is iterable }} {{ n is iterable }} {{ t is boolean }} {{ n is integer }} {{ t is integer }} {{ f is float }} {{ t is number }} {{ no is none }} {{ x is defined }} {{ x is not defined }} {{ n is in l }} {{ 3 is in l }} {{ n is sameas 7 }} {{ 'a' is lower }} {{ n is eq 7 }} {{ n is gt 3 }} {{ x is iterable }} {{ x is sequence }}", "True True False True True True True False True False True True False True True True False True False True True True True True True True" },
        { "{% set ns = namespace(a=1, b=[]) %}{% for i in range(3) %}{% set ns.a = ns.a + i %}{% set _ = ns.b.append(i) %}{% endfor %}{{ ns.a }}{{ ns.b }}", "4[0, 1, 2]" },
        { "{% for k, v in m.items() %}{{ loop.index }}{{ loop.first }}{{ loop.last }}{{ k }}={{ v }};{% endfor %}{% for i in range(6) %}{% if i == 4 %}{% break %}{% endif %}{% if i is odd %}{% continue %}{% endif %}{{ i }}{{ loop.cycle('a','b','c') }}{% endfor %}", "1TrueFalseb=1;2FalseFalsea=[1, 2.5, None, True, 'x\\'\"\\n'];3FalseTrueC={'k': 'v'};0a2c" },
        { "{% for i in [1,1,2] %}{{ loop.changed(i) }}{{ loop.previtem }}{{ loop.nextitem }}{{ loop.revindex }}{{ loop.length }}{% endfor %}{% for i in l if i > 1 %}{{ loop.index }}/{{ loop.length }}:{{ i }} {% endfor %}", "True133False1223True1131/2:3 2/2:2 " },
        { "{% macro d(a) %}<{{ caller(a, 2) }}>{% endmacro %}{% call(x, y) d(5) %}{{ x }}-{{ y }}{{ n }}{% endcall %}", "<5-27>" },
        { "{% set b %}a{{ n }}  {% endset %}[{{ b }}]{% set c | upper | trim %} x{{ s }} {% endset %}[{{ c }}]{% filter upper %}abc{{ s }}{% endfilter %}", "[a7  ][XHELLO, WORLD]ABCHELLO, WORLD" },
        { "{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}{{ a }}", "3" },
        { "{% raw %}{{ x }} {% if %}{% endraw %} {#- comment -#}  x\n   {# c #}\ny", "{{ x }} {% if %}x\ny" },
        { "  {% if true %}\n    a\n  {%- endif %}\n b\n   {%+ if true %}c{% endif +%}\nd {{- n -}}  e", "    a b\n   c\nd7e" },
        { "a\n{% if true -%}\n\n  x\n{%- endif %}\n\n\ny", "a\nx\n\ny" },
        { "{{ '%s is %d and %.2f %5s|%-5s| %05d %x %%' % ('a', 5, 1.239, 'b', 'c', -42, 255) }} {{ '%s' % 'q' }} {{ '%s %s'|format('a', 1) }} {{ '{} {0}'.format is defined }} {{ '{} {}'.format(1, 'a') }} {{ '{1} {0} {x} {{}}'.format(1, 2, x=3) }}", "a is 5 and 1.24     b|c    | -0042 ff % q a 1 True 1 a 2 1 3 {}" },
        { "{{ 'ab' * 3 }} {{ [1] * 3 }} {{ 3 * 'x' }} {{ l + [4] }} {{ 'a' + 'b' }} {{ (1,) + (2,) }} {{ 7 / 2 }} {{ true + 1 }} {{ 'x' * -1 }}", "ababab [1, 1, 1] xxx [3, 1, 2, 4] ab (1, 2) 3.5 2 " },
        { "{{ m.get('b') }} {{ m.get('zz') }} {{ m.get('zz', 5) }} {{ m['b'] }} {{ m.C.k }} {{ m['C']['k'] }} {{ m.zz is defined }} {{ m.a.1 }} {{ m.items is defined }} {{ dict(a=1, b=2) }} {{ 'b' in m }} {{ m|length }} {{ m|list }} {{ m|first }} {{ m.C|items|list }}", "1 None 5 1 v v False 2.5 True {'a': 1, 'b': 2} True 3 ['b', 'a', 'C'] b [('k', 'v')]" },
        { "{{ zz|default('d') }} {{ no|default('d') }} {{ no|default('d', true) }} {{ ''|d('x', boolean=true) }} {{ zz is none }} {{ not zz }} {{ zz or 'o' }} {{ no and 1 }} {{ 0 or '' }}|", "d None d x False True o None |" },
        { "{{ 'a' 'b' \"c\" }} {{ '\\u00e9\\x41\\101\\q' }} {{ 0x1f }} {{ 0b101 }} {{ 0o17 }} {{ 1_000 }} {{ [1,2,] }} {{ {'a':1,} }} {{ {'a': {'b': 1}}}}", "abc éAA\\q 31 5 15 1000 [1, 2] {'a': 1} {'a': {'b': 1}}" },
        { "{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set (c, d) = (3, 4) %}{{ c }}{{ d }}{% for (a, (b, c)) in [(1,(2,3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}", "1234123" },
        { "{% macro rec(n) %}{{ n }}{% if n > 0 %}{{ rec(n - 1) }}{% endif %}{% endmacro %}{{ rec(5) }}", "543210" },
        { "{% if x %}1{% elif n == 7 %}2{% else %}3{% endif %}{% if l and m %}y{% endif %}{% if e or em %}n{% endif %}", "2y" },
        { "{{ s.startswith('He') }} {{ s.endswith(('d','x')) }} {{ s.upper().lower() }} {{ s.count('l') }} {{ '12'.isdigit() }} {{ 'a1'.isalnum() }} {{ ' '.isspace() }} {{ 'aB'.islower() }} {{ '7'.zfill(3) }} {{ '-7'.zfill(4) }} {{ 'a'.center(4) }}| {{ 'ab'.center(5,'*') }} {{ 'a'.ljust(3) }}| {{ 'a'.rjust(3) }}| {{ s.removeprefix('Hel') }} {{ s.removesuffix('ld') }} {{ ', '.join(['a','b']) }} {{ 'a'|center(6) }}|", "True True hello, world 3 True True True False 007 -007  a  | **ab* a  |   a| lo, World Hello, Wor a, b   a   |" },
        { "{{ [1,'a',none,true,1.5,[2],{'k':(1,)}] }} {{ m }} {{ ms }} {{ no }} {{ t }} {{ f }}", "[1, 'a', None, True, 1.5, [2], {'k': (1,)}] {'b': 1, 'a': [1, 2.5, None, True, 'x\\'\"\\n'], 'C': {'k': 'v'}} [{'role': 'user', 'content': ' hi '}, {'role': 'assistant', 'content': 'yo'}, {'role': 'user', 'content': None}] None True 1.5" },
        { "{{ [] is sequence }}{{ ms|map(attribute='role') is sequence }}{% if e|map('upper') %}T{% else %}F{% endif %}{{ '<a href=\"x\">\\'&'|e }}{{ 'a b  c'|wordcount }}{{ [1,2]|string }}{{ s|safe }}", "TrueFalseT&lt;a href=&#34;x&#34;&gt;&#39;&amp;3[1, 2]Hello, World" },
        { "{{ [3,1,2]|sort|join('-') }} {{ [[1,2],[3]]|sum(start=[]) }} {{ ms|join('|', attribute='role') }} {{ [1,2,3]|join }} {{ 'abc'|join('.') }}", "1-2-3 [1, 2, 3] user|assistant|user 123 a.b.c" },
        { "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ q }}{% endmacro %}{% set q = 5 %}{{ a() }}", "5" },
        { "{% for i in range(3) %}{% set z = i %}{% endfor %}{{ z }}|{% if true %}{% set y = 1 %}{% endif %}{{ y }}", "|1" },
        { "{{ loop }}{% for i in l %}{% for j in l %}{{ loop.index0 }}{% endfor %}{{ loop.index0 }}{% endfor %}", "012001210122" },
        { "{{ 5 is even or 4 is even }}{{ 2 is not even }}{{ 'x' if not (1 is odd) else 'y' }}{{ [1,2] is eq [1,2] }}", "TrueFalseyTrue" },
        { "{{ none.x is defined }}{{ none.x }}{{ n.x }}{{ s.x }}{{ none['x'] }}", "False" },
        { "{{ [1,2]|first|string ~ 'x' }}{{ (1 if true)|string }}{{ {'a':1}['a'] }}{{ [1,2][0] }}{{ 'abc'[1] }}{{ ('a','b')[1] }}{{ ('a' 'b').upper() }}\n", "1x111bbAB" },
        { "{% generation %}x{% endgeneration %}", "x" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_prints_what_jinja2_prints(string template, string expected) => Assert.Equal(expected, Render(template));

    /// <summary>Templates that jinja2 refuses too.</summary>
    [Theory]
    [InlineData("{{ x.y }}")]
    [InlineData("{{ x + 1 }}")]
    [InlineData("{{ zz|tojson }}")]
    [InlineData("{{ range(3)|tojson }}")]
    [InlineData("{{ not n is odd }} {{ n is odd and n is defined }} {{ 1 + 2 ~ 3 * 2 }} {{ 'a' ~ 1 + 2 }} {{ -n|abs }} {{ (1,2)|length }} {{ 1 if x is defined else 2 }} {{ 'a' not in s and true }}")]
    [InlineData("{{ foo.bar.baz }}")]
    [InlineData("{{ 1 + 'a' }}")]
    [InlineData("{{ f(1)(2) }}")]
    [InlineData("{{ 10 // 0 }}")]
    [InlineData("{{ l.append(4) }}")]
    [InlineData("{% macro f(a) %}{{ a }}{% endmacro %}{{ f(1, 2) }}")]
    [InlineData("{% macro f(a) %}{{ a }}{% endmacro %}{{ f(b=2) }}")]
    [InlineData("{{ f | from_json }}")]
    [InlineData("{{ f is zz }}")]
    public void It_fails_where_jinja2_fails(string template)
    {
        TemplateException error = Assert.Throws<TemplateException>(() => Render(template));

        Assert.False(error.IsRaisedByTemplate);
        Assert.Contains("template line 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\n{{ x", 2, 3)]
    [InlineData("a\n b {% if x %}\n", 2, 14)]
    [InlineData("{% endif %}", 1, 4)]
    [InlineData("{{ 'a }}", 1, 4)]
    [InlineData("{{ a b }}", 1, 6)]
    [InlineData("\n\n{{ (1 }}", 3, 7)]
    [InlineData("{# a", 1, 1)]
    [InlineData("{% raw %}", 1, 1)]
    [InlineData("{% break %}", 1, 4)]
    [InlineData("{% include 'x' %}", 1, 4)]
    [InlineData("{{ 99999999999999999999 }}", 1, 4)]
    public void A_malformed_template_is_told_with_its_place(string template, int line, int column)
    {
        TemplateException error = Assert.Throws<TemplateException>(() => JinjaTemplate.Parse(template));

        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public void A_templates_own_refusal_is_its_message()
    {
        TemplateException error = Assert.Throws<TemplateException>(() => Render("a\n{{ raise_exception('Not so: ' ~ n) }}"));

        Assert.Equal(("Not so: 7", true, 2), (error.Message, error.IsRaisedByTemplate, error.Line));
    }

    [Fact]
    public void The_time_is_the_clocks()
    {
        JinjaTemplate template = JinjaTemplate.Parse("{{ strftime_now('%Y-%m-%d %H:%M %d %b %Y %A %-d %p %%') }}");

        string text = template.Render(new Dictionary<string, TemplateValue>(), new FixedClock(new(2026, 1, 5, 9, 30, 0, TimeSpan.Zero)));

        Assert.Equal("2026-01-05 09:30 05 Jan 2026 Monday 5 AM %", text);
    }

    [Fact]
    public void One_template_serves_many_threads()
    {
        JinjaTemplate template = JinjaTemplate.Parse("{% set ns = namespace(a=0) %}{% for i in range(200) %}{% set ns.a = ns.a + i %}{% endfor %}{{ ns.a }}");
        string[] texts = new string[64];

        Parallel.For(0, texts.Length, i => texts[i] = template.Render(new Dictionary<string, TemplateValue>()));

        Assert.All(texts, text => Assert.Equal("19900", text));
    }

    private static string Render(string template)
    {
        using JsonDocument document = JsonDocument.Parse(Variables);
        return JinjaTemplate.Parse(template).Render(document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => TemplateValue.FromJson(p.Value)));
    }
}
