using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>
/// Whose turn it is: deficit round robin on tokens. In a round every owner gets a quantum of rows, what is computed for it is
/// taken off, and the next begins when nobody of this one who wants something has anything left. How long an answer becomes is
/// known when it has ended, so it is paid afterwards: who spent more than it had sits out the rounds that pay the debt.
/// Source: M. Shreedhar and G. Varghese, Efficient Fair Queuing using Deficit Round-Robin, SIGCOMM 1995.
/// </summary>
internal static class DeficitRoundRobin
{
    /// <summary>Rows an owner gets in a round, and when it comes: a page of the cache. A smaller one shares more evenly, a larger one preempts fewer answers.</summary>
    public const int Quantum = KvCache.PageKeys;

    /// <summary>Begins the next round where it is due, and as many as it takes until somebody who wants something has rows left. Where nobody wants anything nothing is owed, and it returns false.</summary>
    public static bool Begin(Dictionary<string, OwnerShare>.ValueCollection owners)
    {
        long most = long.MinValue;
        foreach (OwnerShare owner in owners)
        {
            if (owner.Wants && owner.IsInRound && owner.Deficit > 0)
            {
                return true;
            }

            most = owner.Wants ? Math.Max(most, owner.Deficit) : most;
        }

        bool contended = most > long.MinValue;
        long rounds = !contended ? 0 : most > 0 ? 1 : (-most / Quantum) + 1;
        foreach (OwnerShare owner in owners)
        {
            // Nobody saves more than a quantum: who wanted nothing in a round has lost it.
            owner.Deficit = contended ? Math.Min(owner.Deficit + (rounds * Quantum), Quantum) : Quantum;
            owner.IsInRound = true;
        }

        return contended;
    }

    /// <summary>Whether one of two owners that wait has its turn first: who has rows left before who has none; then who has fewer choices running, or the smaller debt; then who waits longer.</summary>
    public static bool Before(OwnerShare a, OwnerShare b)
    {
        if (OwesLess(a, b) || OwesLess(b, a))
        {
            return OwesLess(a, b);
        }

        return a.Deficit > 0 && a.Running != b.Running ? a.Running < b.Running : a.Waiting < b.Waiting;
    }

    /// <summary>Whether a debt is less than another's. What owners have left is no matter: each may spend it.</summary>
    public static bool OwesLess(OwnerShare a, OwnerShare b) => Math.Min(a.Deficit, 1) > Math.Min(b.Deficit, 1);
}
