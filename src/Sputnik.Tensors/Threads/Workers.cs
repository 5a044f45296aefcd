using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Sputnik.Tensors;

/// <summary>
/// The threads of the engine. A job is a list of independent outputs; who computes which never changes a bit. Workers spin
/// while a step runs, then yield, then park. A job ends when its outputs are done: it never waits for a worker that has
/// not joined, so an oversubscribed machine is not starved. One thread at a time may run jobs, and a job runs none.
/// </summary>
public sealed unsafe class Workers : IDisposable
{
    // Some 75 µs at the runtime's 37 ns a spin: the gap between two ops of a step (kernels.md §6).
    private const int SpinsBeforeYield = 2_000;
    private const int YieldsBeforePark = 50;

    // A range below this many ranges a thread is not worth cutting finer: late threads then even out.
    private const int RangesPerThread = 4;

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _parked = new(0);
    private readonly ScratchMemory _scratch = new();
    private readonly WorkShares _shares;
    private delegate*<void*, int, void> _run;
    private void* _job;
    private int _running;
    private int _sleepers;
    private int? _processor;
    private Exception? _failure;
    private volatile bool _stop;
    private Counters _counters;

    /// <summary>A team of <paramref name="threads"/>, the caller included.</summary>
    public Workers(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        Threads = threads;
        _shares = new(threads);
        _threads = new Thread[threads - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int number = i + 1;
            _threads[i] = new Thread(() => Work(number)) { IsBackground = true, Name = $"sputnik worker {i + 1}" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads that share a job, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (_stop)
        {
            return;
        }

        _stop = true;
        _parked.Release(_threads.Length + 1);
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _parked.Dispose();
        _scratch.Dispose();
    }

    /// <summary>Memory for the word that the calling thread runs, until it asks again.</summary>
    internal byte* Scratch(long bytes) => _scratch.Take(bytes);

    /// <summary>
    /// Runs <c>job.Run(0 … count − 1)</c>, each once, on all threads; returns when all are done. Allocates nothing. What an
    /// output throws is thrown here, the first if there are many, after the others are done.
    /// </summary>
    internal void Run<TJob>(ref TJob job, int count)
        where TJob : unmanaged, IJob
    {
        if (_threads.Length == 0 || count <= 1)
        {
            for (int i = 0; i < count; i++)
            {
                job.Run(i);
            }

            return;
        }

        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("These workers already run a job: one thread at a time, and no job inside a job.");
        }

        fixed (TJob* pointer = &job)
        {
            Fork(&Call<TJob>, pointer, count);
            Share(thread: 0);
            Join(count);
        }
    }

    /// <summary>
    /// Runs <c>job.Run(start, end)</c> over 0 … count − 1 cut into ranges of at least <paramref name="grain"/> outputs: as
    /// many as cost some microseconds, so that the fork pays.
    /// </summary>
    internal void Ranges<TJob>(ref TJob job, int count, int grain)
        where TJob : unmanaged, IRangeJob
    {
        int cuts = Threads == 1 ? 1 : Threads * RangesPerThread;
        int length = Math.Max(Math.Max(grain, 1), (count + cuts - 1) / cuts);
        fixed (TJob* pointer = &job)
        {
            RangeRun<TJob> ranges = new(pointer, count, length);
            Run(ref ranges, (count + length - 1) / length);
        }
    }

    private static void Call<TJob>(void* job, int index)
        where TJob : unmanaged, IJob => ((TJob*)job)->Run(index);

    private void Fork(delegate*<void*, int, void> run, void* job, int count)
    {
        _run = run;
        _job = job;
        _shares.Deal(count);
        _processor = Placement.Current;
        _counters.Done = 0;

        // A full fence: the job stands before its outputs can be claimed, and they can be before sleepers are counted.
        Interlocked.Exchange(ref _counters.Left, count);
        int wake = Math.Min(Volatile.Read(ref _sleepers), count - 1);
        if (wake > 0)
        {
            Interlocked.Add(ref _sleepers, -wake);
            _parked.Release(wake);
        }
    }

    // Claims count down, so the claimed value itself says whether it is one: a job cannot end and its fields cannot change
    // between a claim and its completion, and a worker that comes late finds nothing left. There are as many claims as
    // outputs, so whoever holds one finds an output.
    private void Share(int thread)
    {
        int done = 0;
        while (Claim())
        {
            try
            {
                _run(_job, _shares.Take(thread));
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref _failure, failure, null);
            }

            done++;
        }

        if (done > 0)
        {
            Interlocked.Add(ref _counters.Done, done);
        }
    }

    private bool Claim() => Interlocked.Decrement(ref _counters.Left) >= 0;

    private void Join(int count)
    {
        for (int i = 0; Volatile.Read(ref _counters.Done) != count; i++)
        {
            Pause(i);
        }

        Exception? failure = _failure;
        _failure = null;
        Volatile.Write(ref _running, 0);
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private void Work(int thread)
    {
        for (int i = 0; !_stop; i++)
        {
            if (Volatile.Read(ref _counters.Left) > 0)
            {
                LeaveCaller();
                Share(thread);
                i = 0;
            }
            else if (i < SpinsBeforeYield + YieldsBeforePark)
            {
                Pause(i);
            }
            else
            {
                Park();
                i = 0;
            }
        }
    }

    private void Park()
    {
        // Counted first, then a last look: a job forked in between sees the sleeper, or the sleeper sees the job. In the
        // second case the count stays and one later wake-up is for nothing.
        Interlocked.Increment(ref _sleepers);
        if (Volatile.Read(ref _counters.Left) <= 0 && !_stop)
        {
            _parked.Wait();
        }
    }

    // With no more threads than processors there is a place beside the caller's.
    private void LeaveCaller()
    {
        if (Threads <= Environment.ProcessorCount && _processor is int caller && Placement.Current == caller)
        {
            Placement.Leave(caller);
        }
    }

    private static void Pause(int spins)
    {
        if (spins < SpinsBeforeYield)
        {
            Thread.SpinWait(1);
        }
        else
        {
            Thread.Yield();
        }
    }

    // Each on its own pair of cache lines: the prefetcher fetches neighbours.
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Counters
    {
        [FieldOffset(128)]
        public int Left;

        [FieldOffset(256)]
        public int Done;
    }
}
