namespace Sputnik.Generation;

/// <summary>One owner's requests and what was computed for them.</summary>
internal sealed class OwnerShare
{
    /// <summary>Requests that wait, oldest first. Guarded by the waiting room.</summary>
    public LinkedList<Ticket> Queue { get; } = new();

    /// <summary>Choices set back or not yet forked off, in their order. The engine's thread only, as all below.</summary>
    public List<Choice> SetBack { get; } = [];

    /// <summary>Choices that are being computed.</summary>
    public int Running { get; set; }

    /// <summary>Rows computed, those of a second time not counted.</summary>
    public long Served { get; set; }

    /// <summary>Whether it had work when last looked at.</summary>
    public bool Active { get; set; }

    /// <summary>Whether it has any work.</summary>
    public bool HasWork => Queue.Count > 0 || SetBack.Count > 0 || Running > 0;
}
