using System.Runtime.InteropServices;

namespace Sputnik.Server;

/// <summary>How many requests each key has open. A body is read whole before the engine's queue can refuse it: without this, one key fills the memory with them.</summary>
/// <param name="most">Requests of one key.</param>
internal sealed class InFlight(int most)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>Counts a request of a key until it has left.</summary>
    /// <exception cref="ApiException">The key has as many as may run and wait.</exception>
    public void Enter(string key)
    {
        lock (_lock)
        {
            ref int open = ref CollectionsMarshal.GetValueRefOrAddDefault(_open, key, out _);
            if (open >= most)
            {
                // When one of them ends is not known here; a second is the least that can be said.
                throw new ApiException(new(429, "too_many_requests", $"This key has {most} requests open, as many as may run and wait; ask again when one has ended.") { RetryAfter = TimeSpan.FromSeconds(1) });
            }

            open++;
        }
    }

    /// <summary>The request has ended.</summary>
    public void Leave(string key)
    {
        lock (_lock)
        {
            if (--CollectionsMarshal.GetValueRefOrAddDefault(_open, key, out _) <= 0)
            {
                _open.Remove(key);
            }
        }
    }
}
