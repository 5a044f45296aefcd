namespace Sputnik.Generation;

/// <summary>One owner's requests and what it may still spend.</summary>
internal sealed class OwnerShare
{
    /// <summary>Requests that wait, oldest first. Guarded by the request queue.</summary>
    public LinkedList<Ticket> Queue { get; } = new();

    /// <summary>Choices preempted or not yet forked off, in their order. The engine's thread only, as all below.</summary>
    public List<Choice> Preempted { get; } = [];

    /// <summary>Choices that are being computed.</summary>
    public int Running { get; set; }

    /// <summary>Rows it may have computed before the round's end; below zero what it owes to the next.</summary>
    public long Deficit { get; set; } = DeficitRoundRobin.Quantum;

    /// <summary>Whether it was there when the round began. Who comes later may spend in it but not hold it up: else those in debt would wait for as long as somebody new comes.</summary>
    public bool IsInRound { get; set; }

    /// <summary>Whether more could be computed for it at the step's beginning: it waits, or has a prompt to be read.</summary>
    public bool Wants { get; set; }

    /// <summary>Whether it waits for a place in the batch.</summary>
    public bool Waits => Queue.Count > 0 || Preempted.Count > 0;

    /// <summary>Since when: the order of what it would begin with.</summary>
    public long Waiting => Preempted.Count > 0 ? Preempted[0].Ticket.Order : Queue.First?.Value.Order ?? long.MaxValue;
}
