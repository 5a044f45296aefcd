using FsCheck.Fluent;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class NfcTests
{
    /// <summary>Cases of Unicode's NormalizationTest.txt and of UAX 15.</summary>
    [Theory]
    [InlineData("plain é 中文 한글", "plain é 中文 한글")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\u212B\u2126\u212A", "\u00C5\u03A9K")]
    [InlineData("s\u0307\u0323", "\u1E69")]
    [InlineData("\u1E0B\u0323", "\u1E0D\u0307")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("a\u0315\u0300\u05AE\u0062", "\u00E0\u05AE\u0315\u0062")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("\uAC00\u11A8", "\uAC01")]
    [InlineData("\uAC01\u11A8", "\uAC01\u11A8")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("\uF900\U0002F800", "\u8C48\u4E3D")]
    [InlineData("\u0301e", "\u0301e")]
    public void Form_C_of(string text, string composed) => Assert.Equal(composed, Nfc.Normalize(text));

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character() =>
        Assert.Equal("\uFFFD\u0301", Nfc.Normalize("\uD800\u0301"));

    [Fact]
    public void Form_C_is_its_own() =>
        Samples.Hold(Marked, text => Nfc.Normalize(Nfc.Normalize(text)) == Nfc.Normalize(text));

    [Fact]
    public void A_long_run_of_marks_takes_no_quadratic_time()
    {
        string marks = string.Concat(Enumerable.Repeat("\u0301\u0327", 100_000));

        string ordered = Nfc.Normalize("x" + marks);

        Assert.Equal(new string('\u0327', 100_000) + new string('\u0301', 100_000), ordered[1..]);
    }

    private static FsCheck.Gen<string> Marked { get; } =
        Gen.Elements("aeoAs\u0301\u0323\u0327\u0307\u0308\u1100\u1161\u11A8가각\u0958\u0915\u093C".ToCharArray()).ListOf().Select(string.Concat);
}
