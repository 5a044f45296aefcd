using FsCheck;
using FsCheck.Fluent;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

/// <summary>Random text that hits what tokenizers trip over, and the one place where FsCheck is driven.</summary>
internal static class Samples
{
    private static readonly string[] Parts =
    [
        "a", "Z", "é", "e\u0301", "\u0301", "ß", "中", "文字", "ひらがな", "カタ", "・", "ー", "𝒳", "𠀀", "한글",
        "0", "1", "23", "²", "Ⅷ", "½", "٣", " ", "  ", "\t", "\n", "\r\n", "\n\n", "\u00A0", "\u2003", "\u2028", "\u0085",
        ".", ",", "!", "...", "'s", "\\boxed{", "}", "+b", "$", "€", "«", "。", "－", "😀", "👩‍👩‍👧", "❤️", "\u200D", "\uFE0F",
        "\0", "\u0001", "\u001F", "\u007F", "\uFEFF", "\uFFFD", "\uE000", "\u0378", "<think>", "</think>",
        "<｜User｜>", "<｜Assistant｜>", "<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>", "the", " word", "Cy buys 1",
    ];

    /// <summary>Valid UTF-16.</summary>
    public static Gen<string> Text { get; } =
        Gen.Elements(Parts).ListOf().Select(parts => string.Concat(parts));

    /// <summary>Any sequence of UTF-16 units, lone surrogates among them.</summary>
    public static Gen<string> Garbage { get; } = Gen.OneOf(
            Gen.Choose(0, 0xFFFF), Gen.Choose(0xD800, 0xDFFF), Gen.Choose(0, 0x7F))
        .ListOf().Select(units => new string([.. units.Select(u => (char)u)]));

    /// <summary>Any ids of a vocabulary, as an untrained model samples them; the special ones often.</summary>
    public static Gen<int[]> Ids(Tokenizer tokenizer) => Gen.Frequency(
            (1, Gen.Elements(tokenizer.Special.All)),
            (1, Gen.Elements(tokenizer.Encode("\n"))),
            (4, Gen.Choose(0, tokenizer.VocabularySize - 1)))
        .ArrayOf();

    /// <summary>Holds a property over 500 samples of a written-out seed.</summary>
    public static void Hold<T>(Gen<T> samples, Func<T, bool> property) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20250122, 1),
            Prop.ForAll(samples.ToArbitrary(), property));
}
