using System.Text.Json;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class TokenizerConversionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-vocabulary").FullName;

    public static TheoryData<string> Names => [.. GoldenVocabulary.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_vocabulary_from_gguf_encodes_the_same_from_tokenizer_json(string name)
    {
        Tokenizer before = GoldenVocabulary.Tokenizer(name);

        before.Export(_folder, "{{ messages }}");

        Same(name, before, Tokenizer.Load(_folder));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void And_back_in_gguf_it_is_the_same_again(string name)
    {
        Tokenizer before = GoldenVocabulary.Tokenizer(name);
        before.Export(_folder, chatTemplate: null);

        TokenizerData data = Tokenizer.Load(_folder).ToData(before.VocabularySize + 7);

        Assert.Equal(before.VocabularySize + 7, data.Tokens.Count);
        Same(name, before, Tokenizer.From(data));
    }

    [Fact]
    public void A_vocabulary_that_was_trained_here_encodes_the_same_from_gguf()
    {
        Tokenizer before = SmallTokenizer.Train();

        Tokenizer after = Tokenizer.From(before.ToData(before.VocabularySize));

        const string text = "What is 12 + 30? <think>so it is 42</think> Ünïcödé 世界";
        Assert.Equal(before.Encode(text), after.Encode(text));
        Assert.Equal(before.Encode(text, parseSpecial: true), after.Encode(text, parseSpecial: true));
        Assert.Equal(before.Special.ThinkStart, after.Special.ThinkStart);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Same(string name, Tokenizer before, Tokenizer after)
    {
        Assert.Equal(before.BosId, after.BosId);
        Assert.Equal(before.EosId, after.EosId);
        Assert.Equal(before.AddBos, after.AddBos);
        Assert.Equal(before.AddEos, after.AddEos);
        foreach (string line in File.ReadLines(Path.Combine(GoldenVocabulary.Folder, $"{name}.shared.jsonl")))
        {
            string text = JsonDocument.Parse(line).RootElement.GetProperty("text").GetString() ?? "";
            Assert.Equal(before.Encode(text, TokenMatch.All), after.Encode(text, TokenMatch.All));
            Assert.Equal(before.Encode(text, TokenMatch.UserDefined), after.Encode(text, TokenMatch.UserDefined));
        }
    }
}
