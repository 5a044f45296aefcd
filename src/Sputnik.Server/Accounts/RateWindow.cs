namespace Sputnik.Server;

/// <summary>What a key used in the last 60 seconds, and how often it was let in today. Not for several threads.</summary>
internal sealed class RateWindow(TimeProvider time)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    private readonly Queue<(long At, int Requests, int Tokens)> _used = [];

    private (DateOnly Day, long Requests) _day;

    public int Requests { get; private set; }

    public long Tokens { get; private set; }

    /// <summary>Forgets what is older; returns when the oldest of the rest will be.</summary>
    public TimeSpan Slide()
    {
        while (_used.TryPeek(out (long At, int Requests, int Tokens) oldest))
        {
            TimeSpan left = Length - time.GetElapsedTime(oldest.At);
            if (left > TimeSpan.Zero)
            {
                return left;
            }

            _used.Dequeue();
            Requests -= oldest.Requests;
            Tokens -= oldest.Tokens;
        }

        return TimeSpan.Zero;
    }

    /// <summary>Requests of a day that were let in; 0 where none was yet.</summary>
    public long RequestsOf(DateOnly day) => _day.Day == day ? _day.Requests : 0;

    /// <summary>Remembers how many a day has with the one that is let in.</summary>
    public void Admit(DateOnly day, long requests) => _day = (day, requests);

    public void Add(int requests, int tokens)
    {
        _used.Enqueue((time.GetTimestamp(), requests, tokens));
        Requests += requests;
        Tokens += tokens;
    }
}
