using Sputnik.Generation;
using Sputnik.Tests.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Generation;

public sealed class VocabulariesTests
{
    [Fact]
    public void The_same_vocabulary_twice_is_the_same() =>
        Assert.Null(Record.Exception(() => Vocabularies.RequireSame(SmallTokenizer.Train(), SmallTokenizer.Train())));

    [Fact]
    public void A_longer_vocabulary_is_another_one()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Vocabularies.RequireSame(Bytes("ab"), Bytes("ab", "abc")));

        Assert.Contains("of 257 and 258 tokens, alike up to 257", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_token_that_differs_is_named()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Vocabularies.RequireSame(Bytes("ab", "ac"), Bytes("ab", "bc")));

        Assert.Contains("token 257 is 'ac' in one and 'bc' in the other", error.Message, StringComparison.Ordinal);
    }

    private static Tokenizer Bytes(params string[] more) => Tokenizer.From(new()
    {
        Model = "gpt2",
        Pre = "gpt-2",
        Tokens = [.. Enumerable.Range(0, 256).Select(b => ByteAlphabet.Spell([(byte)b])), .. more],
        Merges = ["a b"],
    });
}
