using System.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class TokenizerSpellingTests
{
    [Fact]
    public void Every_byte_is_read_as_it_is_spelled()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];
        byte[] bytes = new byte[512];

        Assert.True(TokenizerSpelling.TryRead(Encoding.UTF8.GetBytes(ByteAlphabet.Spell(all)), sentencePiece: false, bytes, out int count));

        Assert.Equal(all, bytes.AsSpan(0, count).ToArray());
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("\u00AD")]
    [InlineData("\u0144")]
    [InlineData("\u07FF")]
    [InlineData("▁")]
    [InlineData("😀")]
    public void A_character_that_stands_for_no_byte_is_refused(string spelled) =>
        Assert.False(TokenizerSpelling.TryRead(Encoding.UTF8.GetBytes(spelled), sentencePiece: false, new byte[16], out _));

    [Theory]
    [InlineData("")]
    [InlineData("▁")]
    [InlineData("▁▁a▁ü▁")]
    [InlineData("a😀▁b")]
    public void Pieces_are_read_in_their_own_place_with_spaces_for_bars(string spelled)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(spelled);

        Assert.True(TokenizerSpelling.TryRead(bytes, sentencePiece: true, bytes, out int count));

        Assert.Equal(spelled.Replace('▁', ' '), Encoding.UTF8.GetString(bytes, 0, count));
    }

    [Fact]
    public void Texts_are_the_same_as_strings_and_in_utf8()
    {
        Utf8Texts texts = ["a", "", "▁ü"];

        Assert.Equal(["a", "", "▁ü"], texts);
        Assert.Equal("▁ü"u8, texts.Utf8(2).Span);
    }
}
