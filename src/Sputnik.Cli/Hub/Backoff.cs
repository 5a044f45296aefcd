namespace Sputnik.Cli;

/// <summary>Patience with one request: waits 1, 2, 4, 8 … s between attempts, or as long as the hub asks.</summary>
internal sealed class Backoff(HubSettings settings, TimeProvider time, IPullProgress progress)
{
    private int _failures;

    /// <summary>Runs <paramref name="work"/> until it succeeds or patience ends.</summary>
    public static async Task<T> Retry<T>(Backoff backoff, Func<Task<T>> work, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (HubException e) when (backoff.Bears(e))
            {
                await backoff.Wait(e, cancellation);
            }
        }
    }

    /// <summary>Bytes came: earlier failures no longer count.</summary>
    public void Progressed() => _failures = 0;

    /// <summary>The failure is worth another attempt.</summary>
    public bool Bears(HubException failure) =>
        failure.IsTransient && _failures + 1 < settings.Attempts && (failure.RetryAfter ?? TimeSpan.Zero) <= settings.LongestWait;

    /// <summary>Waits before the next attempt.</summary>
    public Task Wait(HubException failure, CancellationToken cancellation)
    {
        TimeSpan pause = failure.RetryAfter ?? TimeSpan.FromSeconds(1 << _failures);
        _failures++;
        progress.Waiting(failure.Message, pause);
        return Task.Delay(pause, time, cancellation);
    }
}
