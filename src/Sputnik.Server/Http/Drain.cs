using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>The end of a server: no new work, time for what runs, then its end. Probes and metrics are answered to the last.</summary>
internal sealed class Drain(TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _active;
    private volatile bool _begun;

    /// <summary>Whether new requests are refused.</summary>
    public bool HasBegun => _begun;

    /// <summary>Cancelled when the time of those that run is over.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Counts a request, or refuses it.</summary>
    public async Task Guard(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _active);
        try
        {
            if (_begun && context.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>() is not { Scope: null or Scope.Metrics })
            {
                throw new ApiException(new(503, "shutting_down", "The server is ending; ask again in a moment.") { RetryAfter = TimeSpan.FromSeconds(10) });
            }

            await next(context).ConfigureAwait(false);
        }
        finally
        {
            if (Interlocked.Decrement(ref _active) == 0 && _begun)
            {
                _idle.TrySetResult();
            }
        }
    }

    /// <summary>Refuses what is new, waits for what runs, and after <paramref name="patience"/> ends it.</summary>
    public async Task Wait(TimeSpan patience)
    {
        _begun = true;
        if (Volatile.Read(ref _active) == 0)
        {
            _idle.TrySetResult();
        }

        await _idle.Task.WaitAsync(patience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _closing.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose() => _closing.Dispose();
}
