using System.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class StreamDecoderTests
{
    private readonly Tokenizer _tokenizer = SmallTokenizer.Train();

    [Fact]
    public void A_character_comes_out_with_its_last_byte()
    {
        var decoder = new StreamDecoder(_tokenizer);
        int[] ids = _tokenizer.Encode("😀");

        string[] texts = [.. ids.Select(decoder.Push)];

        Assert.Equal(["", "", "", "😀"], texts);
    }

    [Fact]
    public void A_character_cut_off_comes_out_as_the_replacement_character()
    {
        var decoder = new StreamDecoder(_tokenizer);
        decoder.Push(_tokenizer.Encode("😀")[0]);

        string rest = decoder.Flush();

        Assert.Equal("\uFFFD", rest);
        Assert.Equal("a", decoder.Push(_tokenizer.Encode("a")[0]));
    }

    [Fact]
    public void A_special_token_ends_the_character_before_it()
    {
        var decoder = new StreamDecoder(_tokenizer, skipControl: true);
        int[] emoji = _tokenizer.Encode("😀");
        decoder.Push(emoji[0]);

        string text = decoder.Push(_tokenizer.Special.EndOfSentence);

        Assert.Equal("\uFFFD", text);
    }

    [Fact]
    public void No_piece_holds_half_a_character() =>
        Samples.Hold(Samples.Text, text =>
        {
            var decoder = new StreamDecoder(_tokenizer);
            return Array.TrueForAll(_tokenizer.Encode(text), id => IsWhole(decoder.Push(id))) && decoder.Flush() == "";
        });

    [Fact]
    public void The_pieces_are_together_the_decoding_of_all_bytes_at_once() =>
        Samples.Hold(Samples.Ids(_tokenizer), ids =>
        {
            int[] plain = [.. ids.Where(id => !_tokenizer.Special.Contains(id))];
            var decoder = new StreamDecoder(_tokenizer);
            string streamed = string.Concat(plain.Select(decoder.Push)) + decoder.Flush();
            byte[] bytes = [.. plain.SelectMany(id => _tokenizer.Bytes(id).ToArray())];
            return streamed == Encoding.UTF8.GetString(bytes) && streamed == _tokenizer.Decode(plain);
        });

    private static bool IsWhole(string text)
    {
        int index = 0;
        while (index < text.Length && Rune.TryGetRuneAt(text, index, out Rune rune))
        {
            index += rune.Utf16SequenceLength;
        }

        return index == text.Length;
    }
}
