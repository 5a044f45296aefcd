using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class KvCacheTests
{
    private static readonly KvShape Shape = new(1, 1, 4, 4);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 1)]
    [InlineData(65, 2)]
    [InlineData(256, 4)]
    public void A_sequence_holds_the_pages_its_positions_need(int length, int pages)
    {
        using KvCache cache = new(Shape, pages: 8, sequences: 2, maxLength: 256);

        cache.Extend(cache.Open(), length);

        Assert.Equal(8 - pages, cache.FreePages);
    }

    [Theory]
    [InlineData(64, 0)]
    [InlineData(100, 1)]
    [InlineData(192, 0)]
    public void A_fork_shares_full_pages_and_copies_a_started_one(int length, int copied)
    {
        using KvCache cache = new(Shape, pages: 8, sequences: 2, maxLength: 256);
        int parent = cache.Open();
        cache.Extend(parent, length);
        int before = cache.FreePages;

        int fork = cache.Fork(parent);

        Assert.Equal(length, cache.Length(fork));
        Assert.Equal(before - copied, cache.FreePages);
    }

    [Fact]
    public void A_fork_may_keep_a_part()
    {
        using KvCache cache = new(Shape, pages: 8, sequences: 2, maxLength: 256);
        int parent = cache.Open();
        cache.Extend(parent, 200);

        int fork = cache.Fork(parent, 70);

        Assert.Equal(70, cache.Length(fork));
        Assert.Equal(3, cache.FreePages);
    }

    [Fact]
    public void Every_page_comes_back_whoever_closes_last()
    {
        using KvCache cache = new(Shape, pages: 8, sequences: 4, maxLength: 256);
        int parent = cache.Open();
        cache.Extend(parent, 150);
        int first = cache.Fork(parent);
        int second = cache.Fork(first);
        cache.Extend(second, 250);

        cache.Close(parent);
        cache.Close(second);
        Assert.Equal(8 - 3, cache.FreePages);
        cache.Close(first);

        Assert.Equal(8, cache.FreePages);
    }

    [Fact]
    public void What_does_not_fit_takes_nothing()
    {
        using KvCache cache = new(Shape, pages: 2, sequences: 2, maxLength: 256);
        int sequence = cache.Open();
        cache.Extend(sequence, 100);

        Assert.Throws<InvalidOperationException>(() => cache.Extend(sequence, 200));
        Assert.Throws<InvalidOperationException>(() => cache.Fork(sequence));
        Assert.Throws<ArgumentException>(() => cache.Extend(sequence, 257));
        cache.Close(sequence);

        Assert.Equal(2, cache.FreePages);
        Assert.Equal([0, 1], new[] { cache.Open(), cache.Open() }.Order());
    }

    [Fact]
    public void A_sequence_closes_once()
    {
        using KvCache cache = new(Shape, pages: 2, sequences: 2, maxLength: 64);
        int sequence = cache.Open();
        cache.Close(sequence);

        Assert.Throws<ArgumentException>(() => cache.Close(sequence));
        Assert.Throws<ArgumentException>(() => cache.Extend(sequence, 1));
    }

    [Fact]
    public void A_held_page_outlives_its_sequence_and_begins_another()
    {
        using KvCache cache = new(Shape, pages: 4, sequences: 2, maxLength: 256);
        int first = cache.Open();
        cache.Extend(first, 130);
        int page = cache.Page(first, 0);
        cache.Retain(page);

        cache.Close(first);
        Assert.Equal((3, 1), (cache.FreePages, cache.Holders(page)));

        int second = cache.Open();
        cache.Attach(second, [page]);
        cache.Release(page);
        Assert.Equal((64, page, 1), (cache.Length(second), cache.Page(second, 0), cache.Holders(page)));

        cache.Close(second);
        Assert.Equal(4, cache.FreePages);
    }

    [Fact]
    public void A_free_page_can_be_neither_held_nor_let_go()
    {
        using KvCache cache = new(Shape, pages: 4, sequences: 2, maxLength: 256);
        int sequence = cache.Open();
        cache.Extend(sequence, 64);
        int page = cache.Page(sequence, 0);
        Assert.Throws<ArgumentException>(() => cache.Attach(sequence, [page]));
        cache.Close(sequence);

        Assert.Throws<ArgumentException>(() => cache.Retain(page));
        Assert.Throws<ArgumentException>(() => cache.Release(page));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Page(cache.Open(), 0));
    }
}
