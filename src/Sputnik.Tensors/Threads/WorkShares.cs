using System.Runtime.InteropServices;

namespace Sputnik.Tensors;

/// <summary>
/// The outputs of a job dealt to threads in runs: a thread takes its own from the front, and when they are gone others' from
/// the back. What a thread reads then lies together. Two threads that take turns in small pieces of one weight fetch the
/// lines ahead of each piece twice: half the memory's speed is lost (docs/log.md, 2026-11-27).
/// </summary>
internal sealed class WorkShares
{
    private readonly Share[] _shares;

    /// <summary>Empty shares of some threads.</summary>
    public WorkShares(int threads) => _shares = new Share[threads];

    /// <summary>Deals outputs 0 … count − 1. Nobody may be taking.</summary>
    public void Deal(int count)
    {
        for (int i = 0; i < _shares.Length; i++)
        {
            int start = (int)((long)count * i / _shares.Length), end = (int)((long)count * (i + 1) / _shares.Length);
            Volatile.Write(ref _shares[i].Range, Pack(start, end));
        }
    }

    /// <summary>An output that nobody has taken. There must be one: each call takes one of those dealt.</summary>
    public int Take(int thread)
    {
        int taken = Front(ref _shares[thread].Range);
        for (int other = thread; taken < 0;)
        {
            other = other + 1 == _shares.Length ? 0 : other + 1;
            if (other == thread)
            {
                throw new InvalidOperationException("More outputs were asked for than the job has.");
            }

            taken = Back(ref _shares[other].Range);
        }

        return taken;
    }

    private static int Front(ref long range)
    {
        for (long now = Volatile.Read(ref range); Start(now) < End(now); now = Volatile.Read(ref range))
        {
            if (Interlocked.CompareExchange(ref range, Pack(Start(now) + 1, End(now)), now) == now)
            {
                return Start(now);
            }
        }

        return -1;
    }

    private static int Back(ref long range)
    {
        for (long now = Volatile.Read(ref range); Start(now) < End(now); now = Volatile.Read(ref range))
        {
            if (Interlocked.CompareExchange(ref range, Pack(Start(now), End(now) - 1), now) == now)
            {
                return End(now) - 1;
            }
        }

        return -1;
    }

    private static long Pack(int start, int end) => ((long)end << 32) | (uint)start;

    private static int Start(long range) => (int)range;

    private static int End(long range) => (int)(range >> 32);

    // On a pair of cache lines of its own: the prefetcher fetches neighbours.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Share
    {
        [FieldOffset(0)]
        public long Range;
    }
}
