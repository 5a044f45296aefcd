using System.Text.RegularExpressions;
using FsCheck.Fluent;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class PieceScannerTests
{
    [Theory]
    [InlineData("Cy buys 12.", "Cy", " buys", " ", "1", "2", ".")]
    [InlineData("11+1=12\nso 8", "1", "1", "+", "1", "=", "1", "2", "\n", "so", " ", "8")]
    [InlineData("\\boxed{8}", "\\boxed", "{", "8", "}")]
    [InlineData("end.\n\n  next", "end", ".\n\n", " ", " next")]
    [InlineData("a \n b  ", "a", " \n", " b", "  ")]
    [InlineData("他说hello世界。", "他说", "hello", "世界", "。")]
    [InlineData("カタ・カナ 中  文", "カタ", "・", "カナ", " ", "中", "  ", "文")]
    [InlineData("\u0001\u0002word\u0001\u0002.", "\u0001", "\u0002word", "\u0001\u0002", ".")]
    [InlineData("𝒳𝒴 𝟙😀😀", "𝒳𝒴", " ", "𝟙", "😀😀")]
    public void Pieces_are(string text, params string[] pieces)
    {
        List<string> scanned = Scan(text);

        Assert.Equal(pieces, scanned);
    }

    [Fact]
    public void The_scanner_cuts_as_its_patterns_do() =>
        Samples.Hold(Samples.Text.Where(IsBmp), text => Scan(text).SequenceEqual(CutByPatterns(text)));

    [Fact]
    public void The_scanner_cuts_garbage_as_its_patterns_do() =>
        Samples.Hold(Samples.Garbage.Where(IsBmp), text => Scan(text).SequenceEqual(CutByPatterns(text)));

    [Fact]
    public void Pieces_join_to_the_text() =>
        Samples.Hold(Samples.Garbage, text => string.Concat(Scan(text)) == text);

    // .NET's regex sees UTF-16 units, so it is a reference below U+10000 only.
    private static bool IsBmp(string text) => !text.Any(char.IsSurrogate);

    private static List<string> Scan(string text)
    {
        var pieces = new List<string>();
        var scanner = new PieceScanner(text);
        while (scanner.Next(out ReadOnlySpan<char> piece))
        {
            pieces.Add(piece.ToString());
        }

        return pieces;
    }

    /// <summary>The Split steps of tokenizer.json one after the other, "Isolated": a match is a piece, so is a gap between two.</summary>
    private static IEnumerable<string> CutByPatterns(string text)
    {
        IEnumerable<string> pieces = [text];
        foreach (string pattern in PreTokenizer.Sputnik.Patterns)
        {
            var cut = new Regex($"({pattern})", RegexOptions.CultureInvariant);
            pieces = [.. pieces.SelectMany(piece => cut.Split(piece)).Where(piece => piece.Length > 0)];
        }

        return pieces;
    }
}
