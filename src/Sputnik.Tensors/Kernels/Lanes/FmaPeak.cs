using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>The fused multiply-adds this machine can do out of registers: what all kernels are measured against.</summary>
public static class FmaPeak
{
    private const int Iterations = 400_000;

    // Twelve independent chains of 16 lanes, a multiply and an add each.
    private const double FlopsPerIteration = 12 * 16 * 2;

    /// <summary>GFLOP/s of all threads together: the best of a few runs, some tens of milliseconds.</summary>
    public static double Measure(Workers workers)
    {
        double best = 0;
        for (int run = 0; run < 4; run++)
        {
            best = Math.Max(best, Once(workers, Iterations, () => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency));
        }

        return best;
    }

    /// <summary>GFLOP/s of one run by a clock of seconds.</summary>
    internal static double Once(Workers workers, int iterations, Func<double> clock)
    {
        Job job = new(iterations);
        double start = clock();
        workers.Run(ref job, workers.Threads);
        return workers.Threads * iterations * FlopsPerIteration / (clock() - start) / 1e9;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Chains(int iterations)
    {
        Vector512<float> factor = Vector512.Create(0.999f);
        Vector512<float> addend = Vector512.Create(0.001f);
        Vector512<float> a = addend, b = addend, c = addend, d = addend, e = addend, f = addend;
        Vector512<float> g = addend, h = addend, i = addend, j = addend, k = addend, l = addend;
        for (int n = 0; n < iterations; n++)
        {
            a = Vector512.FusedMultiplyAdd(a, factor, addend);
            b = Vector512.FusedMultiplyAdd(b, factor, addend);
            c = Vector512.FusedMultiplyAdd(c, factor, addend);
            d = Vector512.FusedMultiplyAdd(d, factor, addend);
            e = Vector512.FusedMultiplyAdd(e, factor, addend);
            f = Vector512.FusedMultiplyAdd(f, factor, addend);
            g = Vector512.FusedMultiplyAdd(g, factor, addend);
            h = Vector512.FusedMultiplyAdd(h, factor, addend);
            i = Vector512.FusedMultiplyAdd(i, factor, addend);
            j = Vector512.FusedMultiplyAdd(j, factor, addend);
            k = Vector512.FusedMultiplyAdd(k, factor, addend);
            l = Vector512.FusedMultiplyAdd(l, factor, addend);
        }

        return (a + b + c + d + e + f + g + h + i + j + k + l)[0];
    }

    private struct Job(int iterations) : IJob
    {
        private float _sum;

        public void Run(int index) => Volatile.Write(ref _sum, Chains(iterations));
    }
}
