using Sputnik.Generation;
using Sputnik.Tensors;

namespace Sputnik.Tests.Generation;

public sealed class StopMatcherTests
{
    [Theory]
    [InlineData("abSTOPcd", "ab", "STOP", "STOP")]
    [InlineData("abSTcd", "abSTcd", null, "STOP")]
    [InlineData("aaab", "a", "aab", "aab")]
    [InlineData("xabcd", "x", "abc", "abcd", "abc")]
    [InlineData("xabcd", "x", "abc", "bc", "abc")]
    [InlineData("x\nUser: y", "x", "\nUser:", "User: y", "\nUser:")]
    [InlineData("STOP", "", "STOP", "STOP")]
    [InlineData("x😀y", "x", "😀", "😀")]
    [InlineData("abc", "abc", null)]
    public void The_string_that_is_complete_first_ends_the_text(string text, string kept, string? found, params string[] stops)
    {
        StopMatcher whole = new(stops), letters = new(stops);

        string atOnce = whole.Push(text) + whole.Flush();
        string byLetters = string.Concat(text.Select(letter => letters.Push(letter.ToString()))) + letters.Flush();

        Assert.Equal((kept, found), (atOnce, whole.Found));
        Assert.Equal((kept, found), (byLetters, letters.Found));
    }

    [Fact]
    public void Any_cutting_of_a_text_finds_the_same()
    {
        CounterRandom random = new(7, "stops");
        for (int i = 0; i < 3000; i++)
        {
            string[] stops = [.. Enumerable.Range(0, random.NextInt(1, 4)).Select(_ => Text(random.NextInt(1, 4)))];
            string text = Text(random.NextInt(0, 20));
            StopMatcher whole = new(stops), cut = new(stops);

            string expected = whole.Push(text) + whole.Flush();
            string got = "";
            for (int from = 0; from < text.Length;)
            {
                int length = random.NextInt(1, text.Length - from);
                got += cut.Push(text.Substring(from, length));
                from += length;
            }

            Assert.Equal((expected, whole.Found), (got + cut.Flush(), cut.Found));
            Assert.StartsWith(expected + whole.Found, text, StringComparison.Ordinal);
        }

        string Text(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "abc"[random.NextInt(0, 2)]));
    }

    [Fact]
    public void No_more_is_held_back_than_may_begin_a_stop_string()
    {
        StopMatcher matcher = new(["STOP"]);

        Assert.Equal("a", matcher.Push("aST"));
        Assert.Equal("STS", matcher.Push("SSTO"));
        Assert.Equal("STOT", matcher.Push("T"));
    }

    [Fact]
    public void A_stop_string_has_whole_characters() =>
        Assert.All(["", "\uD83D", "\uDE00x"], stop => Assert.Throws<ArgumentException>(() => new StopMatcher([stop])));
}
