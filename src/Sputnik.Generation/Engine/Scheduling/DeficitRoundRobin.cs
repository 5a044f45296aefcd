namespace Sputnik.Generation;

/// <summary>
/// Whose turn it is: deficit round robin on tokens. In a round every owner gets a quantum of rows, what is computed for it is
/// taken off, and the next begins when nobody of this one who wants something has anything left. How long an answer becomes is
/// known when it has ended, so it is paid afterwards: who spent more than it had sits out the rounds that pay the debt.
/// Source: M. Shreedhar and G. Varghese, Efficient Fair Queuing using Deficit Round-Robin, SIGCOMM 1995.
/// </summary>
internal static class DeficitRoundRobin
{
    /// <summary>Rows an owner gets in a round: a page of keys. A smaller one shares more evenly, a larger one sets back fewer answers.</summary>
    public const int Quantum = 64;

    /// <summary>Begins the next round where it is due, and as many as it takes until somebody who wants something has rows left; false where nobody wants anything.</summary>
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

        if (most == long.MinValue)
        {
            return false;
        }

        long rounds = most > 0 ? 1 : (-most / Quantum) + 1;
        foreach (OwnerShare owner in owners)
        {
            // Nobody saves more than a quantum: who wanted nothing in a round has lost it.
            owner.Deficit = Math.Min(owner.Deficit + (rounds * Quantum), Quantum);
            owner.IsInRound = true;
        }

        return true;
    }

    /// <summary>Whether one of two owners that wait has its turn first: who has rows left before who has none; then who has fewer choices running, or the smaller debt; then who waits longer.</summary>
    public static bool Before(OwnerShare a, OwnerShare b)
    {
        if (a.Deficit > 0 != b.Deficit > 0)
        {
            return a.Deficit > 0;
        }

        long first = a.Deficit > 0 ? b.Running - a.Running : a.Deficit - b.Deficit;
        return first != 0 ? first > 0 : a.Waiting < b.Waiting;
    }
}
