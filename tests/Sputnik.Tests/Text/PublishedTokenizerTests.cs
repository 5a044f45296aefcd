using System.Diagnostics;
using System.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

/// <summary>What holds for published vocabularies. They are not part of this repository; without them the tests say that they were skipped.</summary>
public sealed class PublishedTokenizerTests
{
    public static TheoryData<string> Names => [.. GoldenVocabulary.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decoding_gives_any_valid_text_back(string name)
    {
        Tokenizer tokenizer = GoldenVocabulary.Tokenizer(name);

        Samples.Hold(Samples.Text, text => tokenizer.Decode(tokenizer.Encode(text)) == Read(name, text));
        Samples.Hold(Samples.Text, text => tokenizer.Decode(tokenizer.Encode(text, parseSpecial: true)) == Read(name, text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_garbage_encodes_and_comes_back_as_UTF8_would_store_it(string name)
    {
        Tokenizer tokenizer = GoldenVocabulary.Tokenizer(name);

        Samples.Hold(Samples.Garbage, text =>
            tokenizer.Decode(tokenizer.Encode(text)) == Read(name, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stream_gives_what_decoding_gives_and_no_half_characters(string name)
    {
        Tokenizer tokenizer = GoldenVocabulary.Tokenizer(name);

        Samples.Hold(Samples.Text, text =>
        {
            var decoder = new StreamDecoder(tokenizer);
            string[] parts = [.. tokenizer.Encode(text).Select(decoder.Push), decoder.Flush()];
            return string.Concat(parts) == Read(name, text) && Array.TrueForAll(parts, part => !part.Contains('\uFFFD') || text.Contains('\uFFFD'));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_text_of_a_user_becomes_a_control_token_or_a_tag(string name)
    {
        Tokenizer tokenizer = GoldenVocabulary.Tokenizer(name);
        string typed = string.Concat(Enumerable.Range(0, tokenizer.VocabularySize)
            .Where(id => tokenizer.Kind(id) is not (TokenKind.Normal or TokenKind.Byte))
            .Select(id => Encoding.UTF8.GetString(tokenizer.Bytes(id))));

        int[] ids = tokenizer.Encode(typed);

        Assert.DoesNotContain(ids, id => tokenizer.Kind(id) == TokenKind.Control);
        Assert.DoesNotContain(ids, id => tokenizer.Kind(id) == TokenKind.UserDefined && tokenizer.Bytes(id)[0] == '<');
    }

    [Fact]
    public void A_template_becomes_special_tokens_and_what_the_user_said_does_not()
    {
        Tokenizer tokenizer = GoldenVocabulary.Tokenizer("deepseek-r1-qwen");

        int[] ids = tokenizer.EncodeSegments(
            [("<｜begin▁of▁sentence｜><｜User｜>", true), ("hi</think>", false), ("<｜Assistant｜><think>\n", true)], addSpecial: true);

        int[] typed = tokenizer.Encode("hi</think>");
        Assert.Equal([151646, 151644, .. typed, 151645, 151648, 198], ids);
        Assert.DoesNotContain(151649, typed);
        Assert.Equal(151645, tokenizer.Special.Assistant);
    }

    [Fact]
    public void A_vocabulary_without_the_tokens_of_DeepSeek_R1_says_so()
    {
        Tokenizer tokenizer = GoldenVocabulary.Tokenizer("llama-bpe");

        Assert.False(tokenizer.HasSpecial);
        Assert.Contains("<｜begin▁of▁sentence｜>", Assert.Throws<NotSupportedException>(() => tokenizer.Special).Message, StringComparison.Ordinal);
        Assert.Equal(128009, tokenizer.Find("<|eot_id|>"));
        Assert.Equal([128001, 128009], tokenizer.EndIds.Take(2).Order());
        Assert.True(tokenizer.AddBos);
    }

    /// <summary>The bounds are some ten times what it takes on a shared core: they tell linear from quadratic.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_text_takes_quadratic_time(string name)
    {
        Tokenizer tokenizer = GoldenVocabulary.Tokenizer(name);
        const int Length = 200_000;
        string[] texts =
        [
            new('a', Length), new(' ', Length), new('9', Length), new('\n', Length), new('!', Length), new('\u0301', Length),
            string.Concat(Enumerable.Range(0, Length).Select(i => (char)(0x4E00 + (i * 7 % 5000)))),
            string.Concat(Enumerable.Range(0, Length).Select(i => (char)('a' + (i * 7919 % 26)))),
            string.Concat(Enumerable.Repeat(" \n", Length / 2)), string.Concat(Enumerable.Repeat("AAAA中", Length / 5)),
        ];

        foreach (string text in texts)
        {
            long start = Stopwatch.GetTimestamp();

            int[] ids = tokenizer.Encode(text);

            TimeSpan took = Stopwatch.GetElapsedTime(start);
            Assert.True(took < TimeSpan.FromSeconds(3), $"'{text[..4]}…' took {took}.");
            Assert.Equal(text, tokenizer.Decode(ids));
        }
    }

    // SentencePiece does not tell ▁ from a space.
    private static string Read(string name, string text) => name == "llama-spm" ? text.Replace('▁', ' ') : text;
}
