namespace Sputnik.Generation;

/// <summary>What the scheduler counts. Written on the engine's thread, read on any: each number is whole, all of them together may be a step apart.</summary>
internal sealed class Meter
{
    // A step or two after the start a guess is better than none.
    private const double FirstHoldSeconds = 1;
    private const double HoldShare = 0.1;

    private double _holdSeconds = FirstHoldSeconds;

    public int Running { get; set; }

    public int ChoicesWaiting { get; set; }

    public int PagesFree { get; set; }

    public int PagesCached { get; set; }

    public long PrefixQueryTokens { get; set; }

    public long PrefixHitTokens { get; set; }

    public long PromptTokens { get; set; }

    public long GeneratedTokens { get; set; }

    public long Steps { get; set; }

    public long Preemptions { get; set; }

    public long Completed { get; set; }

    public long Failed { get; set; }

    public long CancelledQueued { get; set; }

    public long CancelledPrefill { get; set; }

    public long CancelledDecode { get; set; }

    public double LastStepMilliseconds { get; set; }

    /// <summary>Told how long a request took from its first row to its last.</summary>
    public void Held(TimeSpan time) => _holdSeconds += HoldShare * (time.TotalSeconds - _holdSeconds);

    /// <summary>When a place in the queue may be free: one moves up whenever one of the running ends.</summary>
    public TimeSpan RetryAfter => TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(_holdSeconds / Math.Max(1, Running)), 1, 60));

    public EngineStatus Snapshot(int waiting, int pages) => new()
    {
        Running = Running,
        Waiting = waiting + ChoicesWaiting,
        Pages = pages,
        PagesUsed = pages - PagesFree - PagesCached,
        PagesCached = PagesCached,
        PrefixQueryTokens = PrefixQueryTokens,
        PrefixHitTokens = PrefixHitTokens,
        PromptTokens = PromptTokens,
        GeneratedTokens = GeneratedTokens,
        Steps = Steps,
        Preempted = Preemptions,
        Completed = Completed,
        Failed = Failed,
        CancelledQueued = CancelledQueued,
        CancelledPrefill = CancelledPrefill,
        CancelledDecode = CancelledDecode,
        LastStepMilliseconds = LastStepMilliseconds,
    };
}
