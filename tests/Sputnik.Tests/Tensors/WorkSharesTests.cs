using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class WorkSharesTests
{
    [Fact]
    public void A_thread_takes_its_own_from_the_front_and_then_others_from_the_back()
    {
        WorkShares shares = new(threads: 2);
        shares.Deal(7);

        Assert.Equal([0, 1, 2, 6, 5], Enumerable.Range(0, 5).Select(_ => shares.Take(thread: 0)));
        Assert.Equal([3, 4], Enumerable.Range(0, 2).Select(_ => shares.Take(thread: 1)));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 2)]
    [InlineData(4, 1001)]
    public void Every_output_is_taken_once_whoever_takes(int threads, int count)
    {
        WorkShares shares = new(threads);
        CounterRandom random = new(1, "takers");
        for (int deal = 0; deal < 3; deal++)
        {
            shares.Deal(count);

            int[] taken = [.. Enumerable.Range(0, count).Select(_ => shares.Take(random.NextInt(0, threads - 1)))];

            Assert.Equal(Enumerable.Range(0, count), taken.Order());
        }
    }

    [Fact]
    public void More_than_was_dealt_is_an_error()
    {
        WorkShares shares = new(threads: 2);
        shares.Deal(1);
        shares.Take(thread: 1);

        Assert.Throws<InvalidOperationException>(() => shares.Take(thread: 0));
    }
}
