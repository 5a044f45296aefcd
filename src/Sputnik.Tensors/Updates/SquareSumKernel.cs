using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Σ x² in double: sixteen chains, value i in chain i mod 16, ascending; then the chains, 0 … 15.</summary>
internal static unsafe class SquareSumKernel
{
    /// <summary>The definition. Tests hold <see cref="Simd"/> to it bit for bit.</summary>
    public static double Scalar(ReadOnlySpan<float> x)
    {
        Span<double> chains = stackalloc double[16];
        chains.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            chains[i & 15] += (double)x[i] * x[i];
        }

        return Gather(chains);
    }

    /// <summary>Sixteen lanes at a time. A square of a float is exact in double, so fusing would change nothing.</summary>
    public static double Simd(float* x, long count)
    {
        Vector512<double> low = default, high = default;
        long i = 0;
        for (; i + 16 <= count; i += 16)
        {
            (Vector512<double> a, Vector512<double> b) = Vector512.Widen(Vector512.Load(x + i));
            low += a * a;
            high += b * b;
        }

        double* chains = stackalloc double[16];
        low.Store(chains);
        high.Store(chains + 8);
        for (; i < count; i++)
        {
            chains[i & 15] += (double)x[i] * x[i];
        }

        return Gather(new ReadOnlySpan<double>(chains, 16));
    }

    private static double Gather(ReadOnlySpan<double> chains)
    {
        double sum = 0;
        foreach (double chain in chains)
        {
            sum += chain;
        }

        return sum;
    }
}
