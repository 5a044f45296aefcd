using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Tests.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Generation.Grammars;

public sealed class JsonSchemaTests
{
    private const string Tree = """{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"v":{"type":"integer"},"kids":{"type":"array","items":{"$ref":"#/$defs/node"}}},"required":["v"]}}}""";
    private const string Mixed = """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":["integer","null"]},"c":{"enum":["x","ÿ\"",3,null,{"k":[1]}]}},"required":["b"],"additionalProperties":{"type":"boolean"}}""";

    private static readonly Tokenizer Tokenizer = SmallTokenizer.Train(600);

    [Theory]
    [InlineData("true")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":4}""")]
    [InlineData("""{"type":"string","pattern":"^[a-z]+\"[ac]$"}""")]
    [InlineData("""{"type":"string","pattern":"b.{2}|^\\d"}""")]
    [InlineData("""{"type":"integer","minimum":-12,"maximum":345}""")]
    [InlineData("""{"type":"integer","exclusiveMinimum":99,"exclusiveMaximum":1001}""")]
    [InlineData("""{"type":"integer","maximum":-7}""")]
    [InlineData("""{"type":"number","minimum":0,"maximum":1}""")]
    [InlineData("""{"type":"number","minimum":-90,"maximum":90}""")]
    [InlineData("""{"type":"array","items":{"type":"boolean"},"minItems":2,"maxItems":3}""")]
    [InlineData("""{"type":"array","prefixItems":[{"const":1},{"const":2},{"const":3}],"items":false,"minItems":1}""")]
    [InlineData("""{"type":"array","prefixItems":[{"const":1},{"const":2}],"items":{"const":9},"minItems":3,"maxItems":4}""")]
    [InlineData("""{"anyOf":[{"type":"null"},{"type":"object","properties":{"a":{"const":"b"}},"additionalProperties":false}]}""")]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/a"},{"type":"object","properties":{"b":{"type":"null"}},"required":["b"]}],"$defs":{"a":{"properties":{"a":{"type":"boolean"}}}}}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""")]
    [InlineData(Mixed)]
    [InlineData(Tree)]
    public void Whatever_the_masks_allow_is_valid(string schema)
    {
        Func<GrammarGuide> guides = Guides(schema);
        using JsonDocument parsed = JsonDocument.Parse(schema);
        int ended = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            (string text, bool whole) = RandomAnswer.Draw(guides, Tokenizer, seed, most: 200);
            if (whole)
            {
                using JsonDocument value = JsonDocument.Parse(text);
                Assert.True(SchemaCheck.Holds(parsed.RootElement, parsed.RootElement, value.RootElement), text);
                ended++;
            }
        }

        Assert.True(ended > 0, "No walk ended.");
    }

    [Theory]
    [InlineData(Mixed, """{"b":1}""")]
    [InlineData(Mixed, """{"a":"😀","b":null,"c":{"k":[1]},"bb":true,"" : false}""")]
    [InlineData(Tree, """{"v": 1, "kids": [{"v": 2}, {"v": 3, "kids": []}]}""")]
    [InlineData("""{"type":"string","pattern":"b.{2}|^\\d"}""", "\"xxbä\\\"yy\"")]
    [InlineData("""{"type":"string","maxLength":2}""", "\"\\ud83d\\ude00😀\"")]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2025-01-20T09:30:00.5+01:00\"")]
    [InlineData("""{"type":"string","format":"uuid"}""", "\"123e4567-e89b-12d3-a456-426614174000\"")]
    [InlineData("""{"type":"string","format":"email"}""", "\"a.b@example.org\"")]
    [InlineData("""{"type":"string","nullable":true}""", "null")]
    [InlineData("""{"type":"number","minimum":0,"maximum":1}""", "1.00")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","title":"A","description":"d","default":3}}}""", "{}")]
    [InlineData("{}", "[1,\"a\",{}]")]
    public void A_valid_text_is_taken_however_it_is_cut(string schema, string text) => Assert.True(RandomAnswer.Takes(Guides(schema), Tokenizer, text));

    [Theory]
    [InlineData(Mixed, """{"a":"x"}""")]
    [InlineData(Mixed, """{"b":1,"b":2}""")]
    [InlineData(Mixed, """{"b":1,"d":2}""")]
    [InlineData("""{"type":"number","minimum":0,"maximum":1}""", "1.5")]
    [InlineData("""{"type":"string","format":"date"}""", "\"2025-13-01\"")]
    [InlineData("""{"type":"object","properties":{"a":{}}}""", """{"b":1}""")]
    [InlineData("""{"enum":[1,"a"],"type":"string"}""", "1")]
    public void Anything_else_is_not(string schema, string text) => Assert.False(RandomAnswer.Takes(Guides(schema), Tokenizer, text));

    [Theory]
    [InlineData("""{"type":"integer","multipleOf":5}""", "#/multipleOf")]
    [InlineData("""{"properties":{"a/b":{"not":{}}}}""", "#/properties/a~1b/not")]
    [InlineData("""{"type":"object","patternProperties":{}}""", "#/patternProperties")]
    [InlineData("""{"type":"object","minProperties":1}""", "#/minProperties")]
    [InlineData("""{"type":"object","propertyNames":{}}""", "#/propertyNames")]
    [InlineData("""{"type":"array","uniqueItems":true}""", "#/uniqueItems")]
    [InlineData("""{"type":"array","contains":{}}""", "#/contains")]
    [InlineData("""{"type":"array","items":[{}]}""", "#/items")]
    [InlineData("""{"if":{},"then":{}}""", "#/if")]
    [InlineData("""{"$ref":"https://example.org/a.json"}""", "https://example.org/a.json")]
    [InlineData("""{"type":"string","format":"hostname"}""", "hostname")]
    [InlineData("""{"type":"string","pattern":"a","minLength":3}""", "#/pattern")]
    [InlineData("""{"type":"string","pattern":"(?=a)"}""", "#/pattern")]
    [InlineData("""{"type":"number","minimum":0.5}""", "#/minimum")]
    [InlineData("""{"type":"number","exclusiveMinimum":0}""", "#/exclusiveMinimum")]
    [InlineData("""{"anyOf":[{}],"required":["a"]}""", "#/required")]
    [InlineData("""{"allOf":[{"type":"string"},{"minLength":3}]}""", "#/allOf/1/minLength")]
    [InlineData("""{"type":"object","required":["a"]}""", "'a'")]
    public void What_is_not_built_is_refused_by_its_pointer(string schema, string name)
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => Guides(schema));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"type":"strin"}""")]
    [InlineData("""{"type":3}""")]
    [InlineData("""{"$ref":"#/$defs/missing"}""")]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"anyOf":[{"$ref":"#"},{"type":"null"}]}""")]
    [InlineData("""{"allOf":[{"$ref":"#/allOf/0"},{}]}""")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]}""")]
    [InlineData("""{"enum":[]}""")]
    [InlineData("""{"type":"integer","minimum":3,"maximum":2}""")]
    [InlineData("""{"type":"array","minItems":3,"maxItems":2}""")]
    [InlineData("""{"type":"string","minLength":-1}""")]
    [InlineData("""{"type":"string","maxLength":100000000}""")]
    [InlineData("false")]
    public void A_malformed_or_endless_one_is_a_callers_mistake(string schema) => Assert.ThrowsAny<ArgumentException>(() => Guides(schema));

    [Fact]
    public void Deep_schemas_are_an_error_and_no_crash() =>
        Assert.Throws<ArgumentException>(() => Guides(string.Concat(Enumerable.Repeat("{\"items\":", 7000)) + "{}" + new string('}', 7000)));

    private static Func<GrammarGuide> Guides(string schema) =>
        new GrammarCompiler(Tokenizer).Compile(new(AnswerFormatKind.JsonSchema, schema)) ?? throw new InvalidOperationException("A schema has a guide.");
}
