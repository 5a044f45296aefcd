using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>
/// Gives pages to choices and takes them back: from the free ones, then from the prefix cache. Where there are none it says
/// so and changes nothing; whom to preempt is the scheduler's to decide.
/// </summary>
internal sealed class PageStore : IDisposable
{
    private readonly PrefixCache _prefixes;
    private readonly int[] _matched;

    /// <summary>The pages of a plan.</summary>
    public PageStore(ILanguageModel model, EnginePlan plan, int sequences)
    {
        Cache = new(model.KvShape, plan.Pages, sequences, plan.ContextTokens, plan.KvType);
        _prefixes = new(Cache);
        _matched = new int[KvCache.PagesFor(plan.ContextTokens)];
    }

    /// <summary>What the forward pass reads and writes.</summary>
    public KvCache Cache { get; }

    /// <summary>Pages only the prefix cache holds.</summary>
    public int Cached => _prefixes.Idle;

    /// <summary>Gives a choice pages for all its tokens, those of a known beginning filled already; <paramref name="spare"/> pages must be left.</summary>
    public bool TryBegin(Choice choice, int spare)
    {
        int matched = Match(choice);
        int sequence = Cache.Open();
        Cache.Attach(sequence, _matched.AsSpan(0, matched));
        if (!TryFree(KvCache.PagesFor(choice.Count) - matched + spare))
        {
            Cache.Close(sequence);
            return false;
        }

        Cache.Extend(sequence, choice.Count);
        choice.Kv = sequence;
        choice.Computed = matched * KvCache.PageKeys;
        return true;
    }

    /// <summary>Whether a choice could begin once the <paramref name="most"/> youngest running choices of an owner have left their pages.</summary>
    public bool Could(Choice choice, List<Choice> running, OwnerShare leaving, int most)
    {
        int free = Cache.FreePages + _prefixes.Idle;
        for (int index = running.Count - 1, left = most; index >= 0 && left > 0; index--)
        {
            if (ReferenceEquals(running[index].Ticket.Owner, leaving))
            {
                free += Own(Held(running[index]));
                left--;
            }
        }

        return KvCache.PagesFor(choice.Count) - Match(choice) + running.Count - most <= free;
    }

    /// <summary>Gives a choice room for its pending tokens.</summary>
    public bool TryGrow(Choice choice)
    {
        int sequence = Held(choice);
        if (!TryFree(KvCache.PagesFor(choice.Count) - KvCache.PagesFor(Cache.Length(sequence))))
        {
            return false;
        }

        Cache.Extend(sequence, choice.Count);
        return true;
    }

    /// <summary>Lets a choice begin with the computed tokens of another: full pages are shared, a started one is copied.</summary>
    public bool TryFork(Choice from, Choice to)
    {
        if (!TryFree(1))
        {
            return false;
        }

        to.Kv = Cache.Fork(Held(from), from.Computed);
        to.Computed = from.Computed;
        return true;
    }

    /// <summary>Keeps a choice's full pages for texts that begin alike.</summary>
    public void Keep(Choice choice) => _prefixes.Keep(choice.Ticket.Scope, choice.Tokens[..choice.Computed], Held(choice));

    /// <summary>Takes a choice's pages back.</summary>
    public void End(Choice choice)
    {
        Cache.Close(Held(choice));
        choice.Kv = null;
        choice.Computed = 0;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => Cache.Dispose();

    /// <summary>Finds the pages that begin a choice; returns how many.</summary>
    private int Match(Choice choice)
    {
        // The last token is always fed: its logits are wanted.
        int most = choice.Ticket.WantsPrompt ? 0 : (choice.Count - 1) / KvCache.PageKeys;
        return _prefixes.Match(choice.Ticket.Scope, choice.Tokens, _matched.AsSpan(0, most));
    }

    /// <summary>Pages of a sequence that no other holds: with the prefix cache two hold them.</summary>
    private int Own(int sequence)
    {
        int own = 0;
        for (int index = 0; index < KvCache.PagesFor(Cache.Length(sequence)); index++)
        {
            own += Cache.Holders(Cache.Page(sequence, index)) <= 2 ? 1 : 0;
        }

        return own;
    }

    private bool TryFree(int pages)
    {
        if (pages > Cache.FreePages && pages > Cache.FreePages + _prefixes.Idle)
        {
            return false;
        }

        while (Cache.FreePages < pages)
        {
            if (!_prefixes.Evict())
            {
                return false;
            }
        }

        return true;
    }

    private static int Held(Choice choice) =>
        choice.Kv ?? throw new InvalidOperationException($"Choice {choice.Index} of request {choice.Ticket.Order} holds no pages.");
}
