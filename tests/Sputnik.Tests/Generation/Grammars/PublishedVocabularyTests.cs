using Sputnik.Generation;
using Sputnik.Tests.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Generation.Grammars;

/// <summary>Masks over published vocabularies, with bytes and with SentencePiece's characters.</summary>
public sealed class PublishedVocabularyTests
{
    [Theory]
    [InlineData("deepseek-r1-qwen")]
    [InlineData("deepseek-llm+pre-deepseek-v3")]
    [InlineData("llama-bpe")]
    [InlineData("llama-spm")]
    public void Json_is_taken_as_the_vocabulary_cuts_it(string name)
    {
        Tokenizer tokenizer = GoldenVocabulary.Tokenizer(name);
        Func<GrammarGuide> guides = new GrammarCompiler(tokenizer).Compile(new(AnswerFormatKind.JsonSchema, "{}")) ?? throw new InvalidOperationException("A schema has a guide.");
        int[] ids = tokenizer.Encode("""{"name": "检查 😀", "sizes": [1, 20, 300]}""");

        GrammarGuide guide = guides();
        foreach (int id in ids)
        {
            TokenMask mask = new(tokenizer.VocabularySize);
            guide.Restrict(mask);
            Assert.True(mask[id], $"Token {id} is forbidden.");
            guide.Accept(id);
        }

        Assert.True(guide.IsComplete);
    }
}
