using Sputnik.Generation;

namespace Sputnik.Tests.Generation;

public sealed class LoopDetectorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void A_stretch_said_again_for_256_tokens_is_a_loop(int period)
    {
        LoopDetector detector = new();
        int[] before = [.. Enumerable.Range(1000, 100)];
        IEnumerable<int> tokens = before.Concat(Enumerable.Range(0, 1000).Select(i => i % period));

        int at = tokens.TakeWhile(token => !detector.Push(token)).Count();

        Assert.Equal(before.Length + period + LoopDetector.Repeated - 1, at);
    }

    [Fact]
    public void A_longer_stretch_is_none() =>
        Assert.Equal(2000, Pushed(Enumerable.Range(0, 2000).Select(i => i % 65)));

    [Fact]
    public void Rows_that_differ_in_a_number_are_none() =>
        Assert.Equal(4000, Pushed(Enumerable.Range(0, 4000).Select(i => i % 8 == 3 ? 100 + (i / 8) : i % 8)));

    [Fact]
    public void Anything_between_begins_the_count_anew() =>
        Assert.Equal(2000, Pushed(Enumerable.Range(0, 2000).Select(i => i % 200 == 0 ? 9 : 1)));

    private static int Pushed(IEnumerable<int> tokens)
    {
        LoopDetector detector = new();
        return tokens.TakeWhile(token => !detector.Push(token)).Count();
    }
}
