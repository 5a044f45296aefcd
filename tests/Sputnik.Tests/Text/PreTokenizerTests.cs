using System.Text.RegularExpressions;
using FsCheck.Fluent;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class PreTokenizerTests
{
    public static TheoryData<string> Names => [.. PreTokenizer.Known.Select(cut => cut.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_is_cut_as_the_patterns_cut_it(string name) =>
        Samples.Hold(Samples.Text.Where(IsBmp), text => Cut(name, text).SequenceEqual(CutByPatterns(name, text)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Garbage_is_cut_as_the_patterns_cut_it(string name) =>
        Samples.Hold(Samples.Garbage.Where(IsBmp), text => Cut(name, text).SequenceEqual(CutByPatterns(name, text)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Letters_blanks_and_marks_are_cut_as_the_patterns_cut_them(string name) =>
        Samples.Hold(
            Gen.Elements("aA1 \t\n\r'-/sé\u0301ǅʰ中\u3000\u00A0.€\u200D\0".ToCharArray()).ListOf().Select(string.Concat),
            text => Cut(name, text).SequenceEqual(CutByPatterns(name, text)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Pieces_join_to_the_text(string name) =>
        Samples.Hold(Samples.Garbage, text => string.Concat(Cut(name, text)) == text);

    [Theory]
    [InlineData("deepseek-v3", "1234567 it's 中文ab", "123", "456", "7", " it", "'s", " ", "中文", "ab")]
    [InlineData("llama-bpe", "I'LL say 1234!!\n\n x", "I", "'LL", " say", " ", "123", "4", "!!\n\n", " x")]
    [InlineData("qwen2", "12 \n  x", "1", "2", " \n", " ", " x")]
    [InlineData("gpt-2", "I'LL it's 12 \n  x", "I", "'", "LL", " it", "'s", " 12", " \n ", " x")]
    [InlineData("tekken", "camelCaseABC日本HTTPServer a/\n", "camel", "Case", "ABC日本HTTPServer", " a", "/\n")]
    [InlineData("deepseek-coder", " 1a中\n\n", " ", "1", "a", "中", "\n", "\n")]
    [InlineData("deepseek-llm", "é12 中  ", "é", "12", " ", "中", "  ")]
    [InlineData("llama-bpe", "𝒳𝒴𝟙𝟚𝟛𝟜", "𝒳𝒴", "𝟙𝟚𝟛", "𝟜")]
    public void Pieces_are(string name, string text, params string[] pieces)
    {
        List<string> cut = Cut(name, text);

        Assert.Equal(pieces, cut);
    }

    [Theory]
    [InlineData("llama3", "llama-bpe")]
    [InlineData("llama-v3", "llama-bpe")]
    [InlineData("deepseek-r1-qwen", "qwen2")]
    public void Other_names_for_a_cut_are_known(string name, string known) =>
        Assert.Same(PreTokenizer.Find(known), PreTokenizer.Find(name));

    [Fact]
    public void An_unknown_cut_is_not_guessed()
    {
        Assert.Null(PreTokenizer.Find("default"));
        Assert.Null(PreTokenizer.Find([@"\p{N}{1,2}"]));
    }

    [Fact]
    public void Line_ends_in_a_pattern_may_be_written_as_they_are()
    {
        PreTokenizer? found = PreTokenizer.Find([@"\p{N}{1,3}", PiecePatterns.ChineseAndKana.Pattern, Raw(PiecePatterns.DeepSeekV3.Pattern)]);

        Assert.Equal("deepseek-v3", found?.Name);

        static string Raw(string pattern) => pattern.Replace(@"\r", "\r", StringComparison.Ordinal).Replace(@"\n", "\n", StringComparison.Ordinal);
    }

    // .NET's regex sees UTF-16 units, so it is a reference below U+10000 only.
    private static bool IsBmp(string text) => !text.Any(char.IsSurrogate);

    private static PreTokenizer Known(string name) => PreTokenizer.Known.Single(cut => cut.Name == name);

    private static List<string> Cut(string name, string text)
    {
        var pieces = new List<string>();
        var scanner = new PieceScanner(text, Known(name), new PieceEnds());
        while (scanner.Next(out ReadOnlySpan<char> piece))
        {
            pieces.Add(piece.ToString());
        }

        return pieces;
    }

    /// <summary>The Split steps of tokenizer.json one after the other, "Isolated": a match is a piece, so is a gap between two.</summary>
    private static IEnumerable<string> CutByPatterns(string name, string text)
    {
        IEnumerable<string> pieces = [text];
        foreach (string pattern in Known(name).Patterns)
        {
            int astral = pattern.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
            string below = astral < 0 ? pattern : pattern[..astral] + "]+";
            var cut = new Regex($"({below})", RegexOptions.CultureInvariant);
            pieces = [.. pieces.SelectMany(piece => cut.Split(piece)).Where(piece => piece.Length > 0)];
        }

        return pieces;
    }
}
