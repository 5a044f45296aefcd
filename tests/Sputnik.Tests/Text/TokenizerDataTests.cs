using Sputnik.Fuzz;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class TokenizerDataTests
{
    private static readonly TokenizerData Bytes = new()
    {
        Model = "gpt2",
        Pre = "gpt-2",
        Tokens = [.. Enumerable.Range(0, 256).Select(b => ByteAlphabet.Spell([(byte)b])), "ab", "Ġab"],
        Merges = ["a b", "Ġ ab"],
    };

    [Fact]
    public void Bytes_are_merged()
    {
        Tokenizer tokenizer = Tokenizer.From(Bytes);

        Assert.Equal([256, 257, 257, 'c'], tokenizer.Encode("ab ab abc"));
        Assert.False(tokenizer.AddBos);
    }

    [Fact]
    public void A_whole_piece_is_taken_where_merges_are_to_be_ignored()
    {
        TokenizerData unreached = Bytes with { Tokens = [.. Bytes.Tokens, "xyz"] };

        Assert.Equal(['x', 'y', 'z'], Tokenizer.From(unreached).Encode("xyz"));
        Assert.Equal([258], Tokenizer.From(unreached with { Pre = "llama-bpe" }).Encode("xyz"));
        Assert.Equal(['x', 'y', 'z'], Tokenizer.From(unreached with { Pre = "smaug-bpe" }).Encode("xyz"));
    }

    public static TheoryData<string, string> Damage => new()
    {
        { "types", "1 token types for 258 tokens" },
        { "kind", "has type 9" },
        { "merge", "merge 'a x' must be two tokens" },
        { "twice", "merge 'a b' is there twice" },
        { "nothing", "merge ' ' must be two tokens" },
        { "merges", "needs merges" },
        { "bos", "the bos token is 258" },
        { "byte", "255 of the 256 bytes" },
        { "scores", "1 scores for 271 tokens" },
        { "number", "score of token 259 is not a number" },
        { "hex", "byte token 3 is '<0x-1>'" },
        { "long", "has 600 bytes" },
    };

    [Theory]
    [MemberData(nameof(Damage))]
    public void A_damaged_vocabulary_is_refused_with_its_fault(string what, string fault)
    {
        TokenizerData data = Damaged(what);

        var error = Assert.Throws<InvalidDataException>(() => Tokenizer.From(data));

        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bert", "gpt-2", "'bert'")]
    [InlineData("gpt2", "default", "'default'")]
    [InlineData("gpt2", null, "tokenizer.ggml.pre is missing")]
    public void What_is_not_built_is_refused_by_name(string model, string? pre, string named)
    {
        var error = Assert.Throws<NotSupportedException>(() => Tokenizer.From(Bytes with { Model = model, Pre = pre }));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private static TokenizerData Damaged(string what)
    {
        TokenizerData spaced = SmallSentencePiece.Data;
        return what switch
        {
            "types" => Bytes with { TokenTypes = [TokenKind.Normal] },
            "kind" => Bytes with { TokenTypes = [.. Enumerable.Repeat((TokenKind)9, 258)] },
            "merge" => Bytes with { Merges = ["a x"] },
            "twice" => Bytes with { Merges = ["a b", "a b"] },
            "nothing" => Bytes with { Merges = [""] },
            "merges" => Bytes with { Merges = null },
            "bos" => Bytes with { BosId = 258 },
            "byte" => Bytes with { Tokens = [.. Bytes.Tokens.Select(token => token == "q" ? "qq" : token)] },
            "scores" => spaced with { Scores = [0] },
            "number" => spaced with { Scores = [.. Enumerable.Repeat(float.NaN, spaced.Tokens.Count)] },
            "hex" => spaced with { Tokens = [.. spaced.Tokens.Select(token => token == "<0x00>" ? "<0x-1>" : token)] },
            _ => spaced with { Tokens = [.. spaced.Tokens.Select(token => token == "ab" ? new string('a', 600) : token)] },
        };
    }
}
