using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>
/// Full pages of past texts, so that a text which begins alike need not compute them again. Holds each page once itself;
/// what no sequence shares may be given up, the least recently used first, ends of texts before their beginnings.
/// </summary>
internal sealed class PrefixCache(KvCache cache)
{
    // Primes of FNV-1a, 64 bits; tokens are compared, so the hash only has to spread.
    private const ulong HashStart = 14695981039346656037;
    private const ulong HashFactor = 1099511628211;

    private readonly Dictionary<ulong, LinkedListNode<PrefixPage>> _pages = [];

    // Least recently used first.
    private readonly LinkedList<PrefixPage> _order = new();

    /// <summary>Pages that can be given up: nobody but the cache holds them or a page behind them.</summary>
    public int Idle
    {
        get
        {
            int idle = 0;
            for (LinkedListNode<PrefixPage>? node = _order.First; node is not null; node = node.Next)
            {
                // Ends come before beginnings, so what is behind a page has been seen.
                PrefixPage page = node.Value;
                bool held = page.HasHeldBehind || cache.Holders(page.Page) > 1;
                page.HasHeldBehind = false;
                idle += held ? 0 : 1;
                if (held && page.Before is not null)
                {
                    page.Before.HasHeldBehind = true;
                }
            }

            return idle;
        }
    }

    /// <summary>Writes the pages that begin a text, as many as are kept and fit; returns how many.</summary>
    public int Match(PrefixScope scope, ReadOnlySpan<int> tokens, Span<int> pages)
    {
        PrefixPage? before = null;
        int count = 0;
        for (; count < pages.Length; count++)
        {
            ReadOnlySpan<int> text = tokens.Slice(count * KvCache.PageKeys, KvCache.PageKeys);
            if (Find(scope, before, text)?.Value is not PrefixPage page)
            {
                break;
            }

            pages[count] = page.Page;
            before = page;
        }

        Touch(before);
        return count;
    }

    /// <summary>Keeps the full pages of a sequence that holds the keys and values of these tokens.</summary>
    public void Keep(PrefixScope scope, ReadOnlySpan<int> tokens, int sequence)
    {
        PrefixPage? before = null;
        for (int index = 0; index < tokens.Length / KvCache.PageKeys; index++)
        {
            ReadOnlySpan<int> text = tokens.Slice(index * KvCache.PageKeys, KvCache.PageKeys);
            if ((Find(scope, before, text)?.Value ?? Add(scope, before, text, cache.Page(sequence, index))) is not PrefixPage page)
            {
                break;
            }

            before = page;
        }

        Touch(before);
    }

    /// <summary>Gives up the page that was not used for longest; false where sequences share them all.</summary>
    public bool Evict()
    {
        for (LinkedListNode<PrefixPage>? node = _order.First; node is not null; node = node.Next)
        {
            PrefixPage page = node.Value;
            if (page.Continuations == 0 && cache.Holders(page.Page) == 1)
            {
                _order.Remove(node);
                _pages.Remove(page.Hash);
                if (page.Before is not null)
                {
                    page.Before.Continuations--;
                }

                cache.Release(page.Page);
                return true;
            }
        }

        return false;
    }

    private LinkedListNode<PrefixPage>? Find(PrefixScope scope, PrefixPage? before, ReadOnlySpan<int> tokens) =>
        _pages.TryGetValue(Hash(scope, before, tokens), out LinkedListNode<PrefixPage>? node) && node.Value.Is(scope, before, tokens) ? node : null;

    /// <summary>Null where another text has the same hash already: the older one stays.</summary>
    private PrefixPage? Add(PrefixScope scope, PrefixPage? before, ReadOnlySpan<int> tokens, int page)
    {
        PrefixPage kept = new() { Page = page, Before = before, Scope = scope, Hash = Hash(scope, before, tokens), Tokens = [.. tokens] };
        if (!_pages.TryAdd(kept.Hash, new(kept)))
        {
            return null;
        }

        cache.Retain(page);
        _order.AddLast(_pages[kept.Hash]);
        if (before is not null)
        {
            before.Continuations++;
        }

        return kept;
    }

    /// <summary>The last page first: a text's beginning is then always younger than its end.</summary>
    private void Touch(PrefixPage? page)
    {
        for (; page is not null; page = page.Before)
        {
            LinkedListNode<PrefixPage> node = _pages[page.Hash];
            _order.Remove(node);
            _order.AddLast(node);
        }
    }

    private static ulong Hash(PrefixScope scope, PrefixPage? before, ReadOnlySpan<int> tokens)
    {
        ulong hash = before?.Hash ?? HashStart;
        if (before is null)
        {
            hash = (hash ^ (uint)scope.Weights) * HashFactor;
            foreach (char letter in scope.Owner)
            {
                hash = (hash ^ letter) * HashFactor;
            }
        }

        foreach (int token in tokens)
        {
            hash = (hash ^ (uint)token) * HashFactor;
        }

        return hash;
    }
}
