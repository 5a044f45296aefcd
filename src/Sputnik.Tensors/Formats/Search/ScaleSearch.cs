using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// The scale s of x ≈ s · q, q levels of a grid, that makes Σ w (x − s q)² small. For given levels the best scale is
/// Σ w x q / Σ w q² and spares (Σ w x q)² / Σ w q²; for a given scale the best levels are the nearest. Many scales are
/// tried, then the two steps alternate from the best. Rows of 16 · n values.
/// </summary>
internal static unsafe class ScaleSearch<TGrid>
    where TGrid : struct, IGrid<TGrid>
{
    // Less than half of 2^-24, the smallest scale binary16 has.
    private const float Nothing = 1e-8f;
    private const int Turns = 2;

    /// <summary>The scale; 0 where all values are as good as zero.</summary>
    public static float Best(float* x, float* w, int count)
    {
        float extreme = Extremes.Of(x, count).Furthest;
        if (MathF.Abs(extreme) < Nothing)
        {
            return 0;
        }

        Found best = default;
        foreach (float level in TGrid.Starts)
        {
            Try(x, w, count, level / extreme, ref best);
        }

        for (int turn = 0; turn < Turns; turn++)
        {
            Try(x, w, count, Inverse(best.Scale), ref best);
        }

        return best.Scale;
    }

    /// <summary>Σ w x q and Σ w q² for the levels nearest to x · inverse.</summary>
    public static void Sums(float* x, float* w, int count, float inverse, out ScaleSums sums)
    {
        Vector512<float> inverses = Vector512.Create(inverse);
        Vector512<float> product = default;
        Vector512<float> square = default;
        for (int i = 0; i < count; i += Lanes.Width)
        {
            Vector512<float> value = Vector512.Load(x + i);
            Vector512<float> q = TGrid.Nearest(value * inverses);
            Vector512<float> weighed = q * Vector512.Load(w + i);
            product = Vector512.FusedMultiplyAdd(weighed, value, product);
            square = Vector512.FusedMultiplyAdd(weighed, q, square);
        }

        sums = new(Lanes.Sum(square), Lanes.Sum(product));
    }

    /// <summary>Σ w (x − scale · q)² for the nearest levels.</summary>
    public static float Error(float* x, float* w, int count, float scale)
    {
        Vector512<float> inverses = Vector512.Create(Inverse(scale));
        Vector512<float> scales = Vector512.Create(scale);
        Vector512<float> error = default;
        for (int i = 0; i < count; i += Lanes.Width)
        {
            Vector512<float> value = Vector512.Load(x + i);
            Vector512<float> off = value - (TGrid.Nearest(value * inverses) * scales);
            error = Vector512.FusedMultiplyAdd(off * Vector512.Load(w + i), off, error);
        }

        return Lanes.Sum(error);
    }

    /// <summary>The codes nearest to x / scale.</summary>
    public static void Codes(float* x, int count, float scale, byte* codes)
    {
        Vector512<float> inverses = Vector512.Create(Inverse(scale));
        int* sixteen = stackalloc int[Lanes.Width];
        for (int i = 0; i < count; i += Lanes.Width)
        {
            TGrid.Codes(Vector512.Load(x + i) * inverses).Store(sixteen);
            for (int lane = 0; lane < Lanes.Width; lane++)
            {
                codes[i + lane] = (byte)sixteen[lane];
            }
        }
    }

    private static float Inverse(float scale) => scale == 0 ? 0 : 1 / scale;

    private static void Try(float* x, float* w, int count, float inverse, ref Found best)
    {
        Sums(x, w, count, inverse, out ScaleSums sums);
        float spared = sums.XQ * sums.XQ / sums.QQ;
        if (sums.QQ > 0 && spared > best.Spared)
        {
            best = new(sums.XQ / sums.QQ, spared);
        }
    }

    private readonly record struct Found(float Scale, float Spared);
}
