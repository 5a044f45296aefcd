using Sputnik.Generation;
using Sputnik.Tensors;

namespace Sputnik.Tests.Generation;

public sealed class PrefixCacheTests
{
    [Theory]
    [InlineData(150, 128)]
    [InlineData(128, 64)]
    [InlineData(129, 128)]
    [InlineData(63, 0)]
    public void The_same_prompt_again_computes_only_what_follows_its_full_pages(int length, int cached)
    {
        using Serving serving = new(new());
        string first = serving.Answer(Serving.Request(1, length));

        TokenStream again = serving.Submit(Serving.Request(1, length));
        serving.Drive();

        Assert.Equal(cached, again.CachedTokens);
        Assert.Equal(first, Serving.Bits(Serving.Read(again)));
        Assert.Equal((2L * length, (long)cached), (serving.Status.PrefixQueryTokens, serving.Status.PrefixHitTokens));
    }

    [Fact]
    public void A_conversation_goes_on_from_its_answer()
    {
        using Serving serving = new(new());
        TokenRequest turn = Serving.Request(1, 60, newTokens: 100);
        TokenStream first = serving.Submit(turn);
        serving.Drive();

        TokenStream second = serving.Submit(turn with { Prompt = [.. turn.Prompt, .. Serving.Read(first).Select(token => token.Token.Id), 1, 2, 3] });
        serving.Drive();

        Assert.Equal(128, second.CachedTokens);
    }

    [Fact]
    public void Pages_before_one_that_is_in_use_are_not_counted_as_idle()
    {
        using KvCache cache = new(new(1, 1, 4, 4), pages: 8, sequences: 2, maxLength: 256);
        PrefixCache kept = new(cache);
        PrefixScope scope = new("", 0);
        int[] text = Serving.Text(1, 2 * KvCache.PageKeys);
        int first = cache.Open(), second = cache.Open();
        cache.Extend(first, text.Length);
        cache.Extend(second, text.Length);

        // The second's own page of the same beginning is not kept; what follows hangs behind the first's.
        kept.Keep(scope, text.AsSpan(0, KvCache.PageKeys), first);
        kept.Keep(scope, text, second);
        cache.Close(first);

        Assert.Equal(0, kept.Idle);
        Assert.False(kept.Evict());

        cache.Close(second);
        Assert.Equal(2, kept.Idle);
        Assert.True(kept.Evict() && kept.Evict());
        Assert.Equal(8, cache.FreePages);
    }

    [Fact]
    public void Another_owner_finds_nothing()
    {
        using Serving serving = new(new());
        serving.Answer(Serving.Request(1, 150, owner: "a"));

        TokenStream other = serving.Submit(Serving.Request(1, 150, owner: "b"));
        serving.Drive();

        Assert.Equal(0, other.CachedTokens);
    }

    [Fact]
    public void Other_weights_find_nothing()
    {
        using Serving serving = new(new());
        serving.Answer(Serving.Request(1, 150));
        serving.Loop.WeightsChanged();

        TokenStream after = serving.Submit(Serving.Request(1, 150));
        serving.Drive();

        Assert.Equal(0, after.CachedTokens);
    }

    [Fact]
    public void What_was_used_last_is_given_up_last()
    {
        // Seven pages: two prompts of two full pages stay, a third of four needs one of theirs.
        using Serving serving = new(Serving.Pages(7));
        serving.Answer(Serving.Request(1, 130));
        serving.Answer(Serving.Request(2, 130));
        serving.Answer(Serving.Request(1, 130));
        serving.Answer(Serving.Request(3, 200));

        TokenStream used = serving.Submit(Serving.Request(1, 130));
        serving.Drive();
        TokenStream unused = serving.Submit(Serving.Request(2, 130));
        serving.Drive();

        Assert.Equal(128, used.CachedTokens);
        Assert.Equal(64, unused.CachedTokens);
    }

    [Fact]
    public void Pages_of_the_cache_are_all_to_be_had()
    {
        using Serving serving = new(Serving.Pages(4));
        for (int seed = 0; seed < 10; seed++)
        {
            serving.Answer(Serving.Request(seed, 240));
        }

        Assert.Equal((10L, 0), (serving.Status.Completed, serving.Status.PagesUsed));
        Assert.InRange(serving.Status.PagesCached, 1, 4);
    }
}
