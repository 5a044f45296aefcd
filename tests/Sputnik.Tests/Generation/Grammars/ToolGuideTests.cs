using System.Text.Json;
using System.Text.Json.Nodes;
using Sputnik.Fuzz;
using Sputnik.Generation;
using Sputnik.Tests.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Generation.Grammars;

public sealed class ToolGuideTests
{
    private static readonly Tokenizer Tokenizer = SmallTokenizer.Train(600);
    private static readonly ToolDefinition Weather = Tool("get_weather", """{"type":"object","properties":{"days":{"type":"integer","minimum":1,"maximum":9}},"required":["days"]}""") with { Strict = true };
    private static readonly ToolDefinition Now = Tool("now", "{}");

    public static TheoryData<ToolDialectKind> Dialects => [.. Enum.GetValues<ToolDialectKind>()];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Demanded_calls_are_drawn_so_that_they_parse(ToolDialectKind kind)
    {
        ToolDialect dialect = ToolDialect.Of(kind);
        Func<GrammarGuide> guides = Guides(Demand(null), dialect);
        int several = 0, ended = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            (string text, bool whole) = RandomAnswer.Draw(guides, Tokenizer, seed, most: 2000);
            ended += whole ? 1 : 0;
            List<(string Name, string Arguments)> calls = whole ? Parsed(dialect, text) : [];
            several += calls.Count > 1 ? 1 : 0;
            Assert.True(!whole || calls.Count > 0, text);
            Assert.All(calls, call =>
            {
                using JsonDocument arguments = JsonDocument.Parse(call.Arguments);
                Assert.True(call.Name == "now" || arguments.RootElement.GetProperty("days").GetInt32() is >= 1 and <= 9);
            });
        }

        Assert.True(ended > 10, $"Only {ended} walks ended.");
        Assert.True(several > 0, "No walk had several calls.");
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void One_named_function_is_called_once(ToolDialectKind kind)
    {
        ToolDialect dialect = ToolDialect.Of(kind);
        Func<GrammarGuide> guides = Guides(Demand("get_weather") with { ParallelToolCalls = false }, dialect);

        for (ulong seed = 0; seed < 10; seed++)
        {
            (string text, bool whole) = RandomAnswer.Draw(guides, Tokenizer, seed, most: 2000);

            Assert.True(whole);
            Assert.Equal("get_weather", Assert.Single(Parsed(dialect, text)).Name);
        }
    }

    [Fact]
    public void Line_ends_may_stand_behind_the_thinking()
    {
        Func<GrammarGuide> guides = new GrammarCompiler(Tokenizer).Compile(new AnswerFormat(AnswerFormatKind.JsonObject), afterThinking: true) ?? throw new InvalidOperationException("JSON has a guide.");

        Assert.True(RandomAnswer.Takes(guides, Tokenizer, "\n\n{}"));
        Assert.False(RandomAnswer.Takes(guides, Tokenizer, "\n\n\n{}"));
    }

    [Fact]
    public void Where_the_model_decides_strict_calls_are_bound_and_text_is_free()
    {
        Tokenizer tokenizer = WithMarkers();
        int open = tokenizer.Find("<tool_call>") ?? throw new InvalidOperationException("The marker is a token.");
        GrammarGuide guide = (new GrammarCompiler(tokenizer).Compile(Demand(null) with { ToolChoice = new(ToolChoiceMode.Auto) }, ToolDialect.Hermes)
            ?? throw new InvalidOperationException("Strict functions have a guide."))();

        foreach (int id in tokenizer.Encode("Any <text> at {all}."))
        {
            guide.Accept(id);
        }

        Assert.True(guide.IsComplete);
        guide.Accept(open);
        Assert.False(guide.IsComplete);
        TokenMask mask = new(tokenizer.VocabularySize);
        guide.Restrict(mask);
        Assert.Equal(tokenizer.Encode("\n"), Enumerable.Range(0, tokenizer.VocabularySize).Where(id => mask[id]));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_demanded_call_fits_its_schema_though_it_is_not_strict(ToolDialectKind kind)
    {
        ToolDialect dialect = ToolDialect.Of(kind);
        Func<GrammarGuide> guides = Guides(Demand("get_weather") with { Tools = [Weather with { Strict = false }], ParallelToolCalls = false }, dialect);

        for (ulong seed = 0; seed < 10; seed++)
        {
            using JsonDocument arguments = JsonDocument.Parse(Assert.Single(Parsed(dialect, RandomAnswer.Draw(guides, Tokenizer, seed, most: 2000).Text)).Arguments);
            Assert.InRange(arguments.RootElement.GetProperty("days").GetInt32(), 1, 9);
        }
    }

    [Theory]
    [InlineData("""{"type":"object","minProperties":1}""")]
    [InlineData("""{"type":"object","properties":7}""")]
    [InlineData("""{"type":"string"}""")]
    [InlineData("{}")]
    public void A_demanded_call_is_any_object_where_its_schema_cannot_be_held_to(string schema)
    {
        Func<GrammarGuide> guides = Guides(Demand(null) with { Tools = [Tool("odd", schema)] }, ToolDialect.Hermes);

        Assert.True(RandomAnswer.Takes(guides, Tokenizer, Hermes("odd", """{"a": 1}""")));
        Assert.False(RandomAnswer.Takes(guides, Tokenizer, Hermes("odd", "1")));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("Any <text> at {all}, even <tool_cal", true)]
    [InlineData("<<tool_call", true)]
    [InlineData("<tool_call>", false)]
    [InlineData("Well <tool_call>, as they say.", false)]
    [InlineData("""It is: <<tool_call>|{"name": "get_weather", "arguments": {"days": 3}}|</tool_call>""", true)]
    [InlineData("""<tool_call>|{"name": "get_weather", "arguments": {"days": 30}}|</tool_call>""", false)]
    [InlineData("""<tool_call>|{"name": "now", "arguments": {"days": 30}}|</tool_call>""", true)]
    public void Strict_calls_are_bound_where_no_token_opens_them(string text, bool taken)
    {
        Func<GrammarGuide> guides = Guides(Demand(null) with { ToolChoice = new(ToolChoiceMode.Auto) }, ToolDialect.Hermes);

        Assert.Equal(taken, RandomAnswer.Takes(guides, Tokenizer, text.Replace('|', '\n')));
    }

    [Fact]
    public void A_call_is_not_spelt_past_the_token_that_opens_it()
    {
        Tokenizer tokenizer = WithMarkers();
        Func<GrammarGuide> guides = new GrammarCompiler(tokenizer).Compile(Demand(null) with { ToolChoice = new(ToolChoiceMode.Auto) }, ToolDialect.Hermes)
            ?? throw new InvalidOperationException("Strict functions have a guide.");
        int[] spelt = [.. "<tool_call".Select(letter => tokenizer.Encode($"{letter}").Single())];

        Assert.True(RandomAnswer.Takes(guides, tokenizer, spelt));
        Assert.False(RandomAnswer.Takes(guides, tokenizer, [.. spelt, tokenizer.Encode(">").Single()]));
    }

    [Theory]
    [InlineData("Any {text}", true)]
    [InlineData(" {\"name\": \"ge", false)]
    [InlineData("{\"a\": 1}", false)]
    [InlineData("{\"name\": \"get_weather\", \"parameters\": {\"days\": 3}}", true)]
    [InlineData("{\"name\": \"get_weather\", \"parameters\": {\"days\": 30}}", false)]
    public void Strict_calls_without_a_mark_are_the_whole_answer(string text, bool taken) =>
        Assert.Equal(taken, RandomAnswer.Takes(Guides(Demand(null) with { ToolChoice = new(ToolChoiceMode.Auto) }, ToolDialect.Llama3), Tokenizer, text));

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Whatever_is_drawn_where_the_model_decides_every_strict_call_in_it_fits(ToolDialectKind kind)
    {
        ToolDialect dialect = ToolDialect.Of(kind);
        Func<GrammarGuide> guides = Guides(Demand(null) with { Tools = [Weather], ToolChoice = new(ToolChoiceMode.Auto) }, dialect);

        for (ulong seed = 0; seed < 10; seed++)
        {
            (string text, bool whole) = RandomAnswer.Draw(guides, Tokenizer, seed, most: 500);
            Assert.All(whole ? Read(dialect, text) : [], call => Assert.InRange(JsonElement.Parse(call.Arguments).GetProperty("days").GetInt32(), 1, 9));
        }
    }

    [Fact]
    public void Nothing_binds_where_nothing_is_asked_for()
    {
        AnswerRequest request = new() { Messages = [], Tools = [Now] };

        Assert.Null(new GrammarCompiler(Tokenizer).Compile(request, ToolDialect.Hermes));
        Assert.Null(new GrammarCompiler(Tokenizer).Compile(request with { ToolChoice = new(ToolChoiceMode.None) }, null));
    }

    [Fact]
    public void A_format_or_a_call_may_come_where_both_were_asked_for()
    {
        Func<GrammarGuide> guides = Guides(Demand(null) with { ToolChoice = new(ToolChoiceMode.Auto), Format = new(AnswerFormatKind.Regex, "yes|no") }, ToolDialect.Hermes);

        Assert.True(RandomAnswer.Takes(guides, Tokenizer, "yes"));
        Assert.True(RandomAnswer.Takes(guides, Tokenizer, "<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>"));
        Assert.False(RandomAnswer.Takes(guides, Tokenizer, "maybe"));
    }

    [Fact]
    public void What_cannot_be_demanded_is_named()
    {
        GrammarCompiler compiler = new(Tokenizer);
        ToolDefinition odd = Tool("odd", """{"type":"object","minProperties":1}""") with { Strict = true };

        Assert.Contains("'missing'", Assert.Throws<ArgumentException>(() => compiler.Compile(Demand("missing"), ToolDialect.Hermes)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => compiler.Compile(Demand(null) with { Tools = [] }, ToolDialect.Hermes));
        Assert.Throws<NotSupportedException>(() => compiler.Compile(Demand(null), null));
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => compiler.Compile(Demand(null) with { Tools = [odd] }, ToolDialect.Hermes));
        Assert.Contains("'odd': #/minProperties", error.Message, StringComparison.Ordinal);
    }

    private static AnswerRequest Demand(string? name) =>
        new() { Messages = [], Tools = [Weather, Now], ToolChoice = new(ToolChoiceMode.Required, name) };

    private static Func<GrammarGuide> Guides(AnswerRequest request, ToolDialect dialect) =>
        new GrammarCompiler(Tokenizer).Compile(request, dialect) ?? throw new InvalidOperationException("The request has a guide.");

    private static ToolDefinition Tool(string name, string schema)
    {
        using JsonDocument document = JsonDocument.Parse(schema);
        return new(name, "", document.RootElement.Clone());
    }

    private static Tokenizer WithMarkers()
    {
        JsonObject file = PublishedFile.ByteLevel();
        JsonArray added = file["added_tokens"]!.AsArray();
        added.Add((JsonNode)PublishedFile.Added(261, "<tool_call>", special: false));
        added.Add((JsonNode)PublishedFile.Added(262, "</tool_call>", special: false));
        return PublishedFile.Load(file);
    }

    private static string Hermes(string name, string arguments) => $"<tool_call>\n{{\"name\": \"{name}\", \"arguments\": {arguments}}}\n</tool_call>";

    /// <summary>The calls in a text that holds nothing else.</summary>
    private static List<(string Name, string Arguments)> Parsed(ToolDialect dialect, string text)
    {
        List<(string Name, string Arguments)> calls = Read(dialect, text);
        ToolCallStream stream = new(dialect);
        Assert.DoesNotContain(stream.Push(text).Concat(stream.Flush()), piece => piece.Kind == ToolCallPieceKind.Content);
        return calls;
    }

    private static List<(string Name, string Arguments)> Read(ToolDialect dialect, string text)
    {
        ToolCallStream stream = new(dialect);
        List<(string Name, string Arguments)> calls = [];
        foreach (ToolCallPiece piece in stream.Push(text).Concat(stream.Flush()))
        {
            if (piece.Kind == ToolCallPieceKind.Begin)
            {
                calls.Add((piece.Text, ""));
            }
            else if (piece.Kind == ToolCallPieceKind.Arguments)
            {
                calls[^1] = (calls[^1].Name, calls[^1].Arguments + piece.Text);
            }
        }

        return calls;
    }
}
