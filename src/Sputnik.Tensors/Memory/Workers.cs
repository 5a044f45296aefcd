using System.Diagnostics;

namespace Sputnik.Tensors;

/// <summary>
/// The threads of the engine. A job is a list of independent outputs; who computes which never changes a bit. Workers spin
/// while a step runs, then yield, then park, so an oversubscribed machine is not starved.
/// </summary>
public sealed unsafe class Workers : IDisposable
{
    // Iterations of a pause instruction, some 50-100 µs: the gap between two ops of a step (kernels.md §6).
    private const int SpinsBeforeYield = 2_000;
    private const int YieldsBeforePark = 50;

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _parked = new(0);
    private delegate*<void*, int, void> _run;
    private void* _job;
    private int _count;
    private int _next;
    private int _busy;
    private int _epoch;
    private int _sleepers;
    private volatile bool _stop;

    /// <summary>A team of <paramref name="threads"/>, the caller included.</summary>
    public Workers(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        Threads = threads;
        _threads = new Thread[threads - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"sputnik worker {i + 1}" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads that share a job, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Runs <c>job.Run(0 … count − 1)</c>, each once, on all threads; returns when all are done. Allocates nothing.</summary>
    internal void Run<TJob>(ref TJob job, int count)
        where TJob : unmanaged, IJob
    {
        if (_threads.Length == 0 || count == 1)
        {
            for (int i = 0; i < count; i++)
            {
                job.Run(i);
            }

            return;
        }

        fixed (TJob* pointer = &job)
        {
            _run = &Call<TJob>;
            _job = pointer;
            _count = count;
            _next = 0;
            _busy = _threads.Length;
            Interlocked.Increment(ref _epoch);
            if (Volatile.Read(ref _sleepers) > 0)
            {
                _parked.Release(Volatile.Read(ref _sleepers));
            }

            Share();
            SpinWait wait = default;
            while (Volatile.Read(ref _busy) > 0)
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _stop = true;
        Interlocked.Increment(ref _epoch);
        _parked.Release(_threads.Length + 1);
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _parked.Dispose();
    }

    private static void Call<TJob>(void* job, int index)
        where TJob : unmanaged, IJob => ((TJob*)job)->Run(index);

    private void Share()
    {
        for (int i = Interlocked.Increment(ref _next) - 1; i < _count; i = Interlocked.Increment(ref _next) - 1)
        {
            _run(_job, i);
        }
    }

    private void Work()
    {
        int seen = 0;
        while (true)
        {
            seen = Await(seen);
            if (_stop)
            {
                return;
            }

            Share();
            Interlocked.Decrement(ref _busy);
        }
    }

    private int Await(int seen)
    {
        int now;
        for (int i = 0; (now = Volatile.Read(ref _epoch)) == seen; i++)
        {
            if (i < SpinsBeforeYield)
            {
                Thread.SpinWait(1);
            }
            else if (i < SpinsBeforeYield + YieldsBeforePark)
            {
                Thread.Yield();
            }
            else
            {
                Interlocked.Increment(ref _sleepers);
                if (Volatile.Read(ref _epoch) == seen)
                {
                    _parked.Wait();
                }

                Interlocked.Decrement(ref _sleepers);
            }
        }

        Debug.Assert(now == seen + 1, "A job ends only when every worker has seen it.");
        return now;
    }
}
