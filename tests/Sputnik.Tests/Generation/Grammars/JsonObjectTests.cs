using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Tests.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Generation.Grammars;

public sealed class JsonObjectTests
{
    private static readonly Tokenizer Tokenizer = SmallTokenizer.Train(600);
    private static readonly Func<GrammarGuide> Guides = new GrammarCompiler(Tokenizer).Compile(new(AnswerFormatKind.JsonObject))
        ?? throw new InvalidOperationException("JSON has a guide.");

    [Fact]
    public void Whatever_the_masks_allow_is_a_json_object()
    {
        int ended = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            (string text, bool whole) = RandomAnswer.Draw(Guides, Tokenizer, seed);
            if (whole)
            {
                using JsonDocument document = JsonDocument.Parse(text);
                Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
                ended++;
            }
        }

        Assert.True(ended > 50, $"Only {ended} of 200 walks ended.");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ }")]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a": [1, -2.5e+3, 0.25, true, false, null], "b": {"c": "d"}}""")]
    [InlineData("{\n  \"a\": {\n    \"b\": []\n  }\n}")]
    [InlineData("""{"":"\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00"}""")]
    [InlineData("""{"检查":"等等 😀 ß"}""")]
    public void A_json_object_is_taken_however_it_is_cut(string text) => Assert.True(RandomAnswer.Takes(Guides, Tokenizer, text));

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":\"\n\"}")]
    [InlineData("{\"a\":1")]
    [InlineData("{}{}")]
    [InlineData("")]
    public void Anything_else_is_not(string text) => Assert.False(RandomAnswer.Takes(Guides, Tokenizer, text));

    [Fact]
    public void The_end_is_forced_as_soon_as_nothing_else_is_left()
    {
        GrammarGuide guide = Guides();
        Assert.Null(guide.Force());

        foreach (int id in Tokenizer.Encode("{}"))
        {
            guide.Accept(id);
        }

        Assert.Equal(Tokenizer.EosId, guide.Force());
        Assert.Null(guide.Ended);
        guide.Accept(Tokenizer.EndIds[0]);
        Assert.Equal(FinishReason.Stop, guide.Ended);
    }

    [Fact]
    public void Control_tokens_and_tags_are_never_allowed()
    {
        GrammarGuide guide = Guides();
        foreach (int id in Tokenizer.Encode("{\"a"))
        {
            guide.Accept(id);
        }

        TokenMask mask = new(Tokenizer.VocabularySize);
        guide.Restrict(mask);

        SpecialIds special = Tokenizer.Special;
        Assert.All([special.User, special.Assistant, special.ThinkStart, special.ThinkEnd, special.BeginOfSentence, special.EndOfSentence], id => Assert.False(mask[id]));
    }

    [Fact]
    public void A_token_that_was_forbidden_is_a_broken_law()
    {
        GrammarGuide guide = Guides();

        Assert.Throws<InvalidOperationException>(() => guide.Accept(Tokenizer.Encode("x")[0]));
    }

    [Fact]
    public void Nesting_as_deep_as_an_answer_is_long_is_only_slow()
    {
        string text = string.Concat(Enumerable.Repeat("{\"a\":[", 5000));

        GrammarGuide guide = Guides();
        foreach (int id in Tokenizer.Encode(text))
        {
            guide.Accept(id);
        }

        Assert.False(guide.IsComplete);
    }
}
