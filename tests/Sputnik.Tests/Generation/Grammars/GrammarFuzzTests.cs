using FsCheck;
using FsCheck.Fluent;
using Sputnik.Generation;
using Sputnik.Tests.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Generation.Grammars;

/// <summary>Sources of strangers: each is compiled or refused as a caller's mistake, and nothing else happens.</summary>
public sealed class GrammarFuzzTests
{
    private static readonly Tokenizer Tokenizer = SmallTokenizer.Train();

    [Fact]
    public void Any_expression_is_compiled_or_refused() =>
        Samples.Hold(Sources("a", "b", "(", ")", "(?:", "(?", "|", "*", "+", "?", "{2}", "{1,3}", "{,", "{", "}", "[", "]", "[^", "-", "^", "$", ".", "\\", "\\d", "\\W", "\\1", "\\x4", "ß", "😀"),
            source => Compiles(AnswerFormatKind.Regex, source));

    [Fact]
    public void Any_grammar_is_compiled_or_refused() =>
        Samples.Hold(Sources("root", " ::= ", "root ::= ", "a", " ", "\n", "|", "(", ")", "*", "+", "?", "{2}", "{0,}", "\"x\"", "\"", "\\", "[a-z]", "[^", "]", ".", "#", "<", "\nb ::= "),
            source => Compiles(AnswerFormatKind.Grammar, source));

    [Fact]
    public void Any_schema_is_compiled_or_refused() =>
        Samples.Hold(Schemas(3), source => Compiles(AnswerFormatKind.JsonSchema, source));

    private static Gen<string> Sources(params string[] parts) => Gen.Elements(parts).ListOf().Select(some => string.Concat(some));

    private static Gen<string> Schemas(int depth)
    {
        Gen<string> leaf = Gen.Elements("true", "false", "{}", "3", "-1", "\"a\"", "\"object\"", "\"string\"", "\"integer\"", "\"array\"", "\"#\"", "\"#/$defs/a\"", "[]", "[\"a\",\"b\"]", "[1,null]", "null", "1.5", "\"date\"");
        if (depth == 0)
        {
            return leaf;
        }

        Gen<string> keyword = Gen.Elements(
            "type", "properties", "required", "additionalProperties", "items", "prefixItems", "minItems", "maxItems", "enum", "const", "anyOf", "allOf", "oneOf",
            "$ref", "$defs", "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "nullable", "title", "not", "a");
        Gen<string> inner = Schemas(depth - 1);
        Gen<string> pair = keyword.SelectMany(key => inner.Select(value => $"\"{key}\":{value}"));
        return Gen.Frequency(
            (1, leaf),
            (1, inner.ListOf().Select(values => $"[{string.Join(',', values.Take(3))}]")),
            (4, pair.ListOf().Select(pairs => $"{{{string.Join(',', pairs.Take(4))}}}")));
    }

    private static bool Compiles(AnswerFormatKind kind, string source)
    {
        try
        {
            GrammarGuide? guide = new GrammarCompiler(Tokenizer).Compile(new AnswerFormat(kind, source))?.Invoke();
            return guide is { Ended: null };
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            return refused.Message.Length > 0;
        }
    }
}
