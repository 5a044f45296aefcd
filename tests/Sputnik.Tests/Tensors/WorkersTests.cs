using System.Runtime.InteropServices;
using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed unsafe class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Every_output_is_run_once_job_after_job(int threads)
    {
        using Workers workers = new(threads);
        int* hits = stackalloc int[100];
        new Span<int>(hits, 100).Clear();

        for (int round = 0; round < 2_000; round++)
        {
            CountJob job = new(hits);
            workers.Run(ref job, round % 101);
        }

        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(Enumerable.Range(0, 2_000).Count(round => round % 101 > i), hits[i]);
        }
    }

    [Theory]
    [InlineData(1, 1000, 1)]
    [InlineData(2, 1000, 1)]
    [InlineData(3, 7, 64)]
    [InlineData(2, 0, 16)]
    [InlineData(2, 129, 16)]
    public void Ranges_cover_every_output_once(int threads, int count, int grain)
    {
        using Workers workers = new(threads);
        int* hits = stackalloc int[1000];
        new Span<int>(hits, 1000).Clear();

        CountJob job = new(hits);
        workers.Ranges(ref job, count, grain);

        Assert.All(new Span<int>(hits, count).ToArray(), hit => Assert.Equal(1, hit));
        Assert.All(new Span<int>(hits + count, 1000 - count).ToArray(), hit => Assert.Equal(0, hit));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void What_an_output_throws_reaches_the_caller_and_the_team_goes_on(int threads)
    {
        using Workers workers = new(threads);
        int* hits = stackalloc int[100];
        new Span<int>(hits, 100).Clear();

        for (int fault = 0; fault < 50; fault++)
        {
            FaultJob job = new(fault);
            ArithmeticException thrown = Assert.Throws<ArithmeticException>(() => workers.Run(ref job, 50));
            Assert.Equal($"output {fault}", thrown.Message);
        }

        CountJob healthy = new(hits);
        workers.Run(ref healthy, 100);
        Assert.All(new Span<int>(hits, 100).ToArray(), hit => Assert.Equal(1, hit));
    }

    [Fact]
    public void A_parked_team_wakes_and_a_disposed_one_ends()
    {
        Workers workers = new(3);
        int* hits = stackalloc int[100];
        new Span<int>(hits, 100).Clear();

        for (int round = 0; round < 3; round++)
        {
            using ManualResetEventSlim never = new();
            never.Wait(20, TestContext.Current.CancellationToken);
            CountJob job = new(hits);
            workers.Run(ref job, 100);
        }

        workers.Dispose();
        workers.Dispose();
        Assert.All(new Span<int>(hits, 100).ToArray(), hit => Assert.Equal(3, hit));
    }

    [Fact]
    public void A_job_inside_a_job_is_refused()
    {
        using Workers workers = new(2);

        GCHandle handle = GCHandle.Alloc(workers);
        NestedJob job = new(handle);

        Assert.Throws<InvalidOperationException>(() => workers.Run(ref job, 2));
        handle.Free();
    }

    [Fact]
    public void Running_jobs_allocates_nothing()
    {
        using Workers workers = new(2);
        int* hits = stackalloc int[100];
        CountJob job = new(hits);
        workers.Run(ref job, 100);
        workers.Ranges(ref job, 100, 1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        workers.Run(ref job, 100);
        workers.Ranges(ref job, 100, 1);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private readonly struct CountJob(int* hits) : IJob, IRangeJob
    {
        public void Run(int index) => Interlocked.Increment(ref hits[index]);

        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                Run(i);
            }
        }
    }

    private readonly struct FaultJob(int fault) : IJob
    {
        public void Run(int index)
        {
            if (index == fault)
            {
                throw new ArithmeticException($"output {index}");
            }
        }
    }

    private readonly struct NestedJob(GCHandle workers) : IJob
    {
        public void Run(int index)
        {
            NestedJob job = this;
            ((Workers?)workers.Target)?.Run(ref job, 2);
        }
    }
}
