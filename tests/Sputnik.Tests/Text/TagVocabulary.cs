using System.Text;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

/// <summary>A vocabulary without tokens for the thinking tags, whose tokens cut the tags, the line ends around them and characters anywhere.</summary>
internal static class TagVocabulary
{
    private static readonly string[] Words =
    [
        "<think>", "</think>", "<think>\n", "\n</think>\n\n", "</think>\n", "\n</", "<", "</", "<th", "think", ">", ">\n\n", "ink>x", "</th", "/think>", "\n", "\n\n",
        "a", "b</think>c", "d</thi", "nk>e", "STOP", "ST", "OP", "xSTOPy", "TOPS", "é😀", "end", "en", "d", "▁", "▁a",
    ];

    public const int End = 2;

    private const int FirstByte = 3;

    public static Tokenizer Tokenizer { get; } = Sputnik.Text.Tokenizer.From(new()
    {
        Model = "llama",
        Tokens = ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>"), .. Words],
        TokenTypes =
        [
            TokenKind.Unknown, TokenKind.Control, TokenKind.Control,
            .. Enumerable.Repeat(TokenKind.Byte, 256), .. Enumerable.Repeat(TokenKind.Normal, Words.Length),
        ],
        Scores = [.. Enumerable.Range(0, 259 + Words.Length).Select(i => -(float)i)],
        BosId = 1,
        EosId = End,
        UnknownId = 0,
        AddSpacePrefix = false,
    });

    /// <summary>Each of the strings is one token, or the bytes of it.</summary>
    public static int[] Ids(params string[] texts) => [.. texts.SelectMany(text => Array.IndexOf(Words, text) is >= 0 and int at ? [FirstByte + 256 + at] : Bytes(text))];

    /// <summary>One token a byte.</summary>
    public static int[] Bytes(string text) => [.. Encoding.UTF8.GetBytes(text).Select(value => FirstByte + value)];

    /// <summary>Tokens drawn without sense: whole words, bytes of tags and halves of characters.</summary>
    public static int[] Random(ulong seed)
    {
        CounterRandom random = new(seed, "tag vocabulary");
        int[] pool = [.. Bytes("<think></think>\n STOPend😀é")];
        return
        [
            .. Enumerable.Range(0, random.NextInt(0, 24)).Select(_ => random.NextInt(0, 3) == 0
                ? pool[random.NextInt(0, pool.Length - 1)]
                : FirstByte + 256 + random.NextInt(0, Words.Length - 1)),
        ];
    }
}
