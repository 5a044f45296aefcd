namespace Sputnik.Generation;

/// <summary>The queue is full; the same request may be taken later.</summary>
public sealed class EngineBusyException : Exception
{
    /// <summary>Says how many wait, and when to come back.</summary>
    public EngineBusyException(int waiting, TimeSpan retryAfter)
        : base($"{waiting} requests wait already; try again in {retryAfter.TotalSeconds:0} s.") => (Waiting, RetryAfter) = (waiting, retryAfter);

    /// <summary>Requests that wait.</summary>
    public int Waiting { get; }

    /// <summary>A guess at when there is room.</summary>
    public TimeSpan RetryAfter { get; }
}
