using System.Diagnostics;
using System.Runtime.Intrinsics;
using Sputnik.Tensors;

namespace Sputnik.Bench;

/// <summary>What the cores can multiply and add from registers alone: the roof every product is held against.</summary>
internal static unsafe class PeakFma
{
    // 16 chains: two units of four cycles' latency need eight.
    private const int Chains = 16;
    private const int Steps = 20_000;

    /// <summary>GFLOP/s of all the workers together, at this moment.</summary>
    public static double Measure(Workers workers)
    {
        int threads = workers.Threads;
        float* sinks = stackalloc float[threads * Vector512<float>.Count];
        Job job = new(sinks);
        long start = Stopwatch.GetTimestamp();
        workers.Run(ref job, threads);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return 2.0 * Chains * Vector512<float>.Count * Steps * threads / seconds / 1e9;
    }

    private readonly struct Job(float* sinks) : IJob
    {
        public void Run(int index)
        {
            Vector512<float> a = Vector512.Create(0.999f), b = Vector512.Create(0.001f);
            Vector512<float> c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a;
            Vector512<float> c8 = a, c9 = a, c10 = a, c11 = a, c12 = a, c13 = a, c14 = a, c15 = a;
            for (int i = 0; i < Steps; i++)
            {
                c0 = Vector512.FusedMultiplyAdd(c0, a, b);
                c1 = Vector512.FusedMultiplyAdd(c1, a, b);
                c2 = Vector512.FusedMultiplyAdd(c2, a, b);
                c3 = Vector512.FusedMultiplyAdd(c3, a, b);
                c4 = Vector512.FusedMultiplyAdd(c4, a, b);
                c5 = Vector512.FusedMultiplyAdd(c5, a, b);
                c6 = Vector512.FusedMultiplyAdd(c6, a, b);
                c7 = Vector512.FusedMultiplyAdd(c7, a, b);
                c8 = Vector512.FusedMultiplyAdd(c8, a, b);
                c9 = Vector512.FusedMultiplyAdd(c9, a, b);
                c10 = Vector512.FusedMultiplyAdd(c10, a, b);
                c11 = Vector512.FusedMultiplyAdd(c11, a, b);
                c12 = Vector512.FusedMultiplyAdd(c12, a, b);
                c13 = Vector512.FusedMultiplyAdd(c13, a, b);
                c14 = Vector512.FusedMultiplyAdd(c14, a, b);
                c15 = Vector512.FusedMultiplyAdd(c15, a, b);
            }

            Vector512<float> sum = c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11 + c12 + c13 + c14 + c15;
            sum.Store(sinks + (index * Vector512<float>.Count));
        }
    }
}
