using Sputnik.Text;

namespace Sputnik.Fuzz;

/// <summary>A vocabulary as Llama 2's, but of a few tokens.</summary>
internal static class SmallSentencePiece
{
    public static readonly string[] Words = ["▁", "a", "b", "c", "▁▁", "ab", "bc", "▁a", "▁ab", "<", "s", ">"];

    public static TokenizerData Data => new()
    {
        Model = "llama",
        Tokens = ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, 256).Select(b => $"<0x{b:X2}>"), .. Words],
        TokenTypes =
        [
            TokenKind.Unknown, TokenKind.Control, TokenKind.Control,
            .. Enumerable.Repeat(TokenKind.Byte, 256), .. Enumerable.Repeat(TokenKind.Normal, Words.Length),
        ],
        Scores = [.. Enumerable.Range(0, 259).Select(_ => 0f), .. Words.Select((_, i) => -(float)i)],
        BosId = 1,
        EosId = 2,
        UnknownId = 0,
    };

    /// <summary>The id of a word.</summary>
    public static int Id(string word) => 259 + Array.IndexOf(Words, word);
}
