using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// The line s · q + m, q of 0 … top, that makes Σ w (x − s q − m)² small. For given codes least squares gives the line; for
/// a given line the best codes are the nearest. Many lines that span the values more or less are tried, then the two steps
/// alternate from the best. Rows of 16 · n values.
/// </summary>
internal static unsafe class LineSearch
{
    // Times any code still far less than half of 2^-24, the smallest scale binary16 has.
    private const float Nothing = 1e-10f;
    private const int Turns = 2;

    // Steps by which the ends of the line lie inside the values: a coarse code does better when it cuts the extremes off, and so
    // does any where extremes weigh little.
    private static readonly float[] Insets = [-0.25f, 0, 0.3f, 0.6f, 1];

    /// <summary>A line whose minimum may be anything.</summary>
    public static Line Free(float* x, float* w, int count, int top)
    {
        // Seen from their lowest, values far from zero but near each other do not drown in the rounding of the sums.
        float lowest = Extremes.Of(x, count).Low;
        float* above = stackalloc float[count];
        for (int i = 0; i < count; i++)
        {
            above[i] = x[i] - lowest;
        }

        Line line = Best(above, w, count, top, descends: false);
        return line with { Min = line.Min + lowest };
    }

    /// <summary>A line whose minimum is not above zero.</summary>
    public static Line Descending(float* x, float* w, int count, int top) => Best(x, w, count, top, descends: true);

    /// <summary>The sums that do not depend on the codes.</summary>
    public static ValueSums Sums(float* x, float* w, int count)
    {
        Vector512<float> sw = default, sx = default;
        for (int i = 0; i < count; i += Lanes.Width)
        {
            Vector512<float> weight = Vector512.Load(w + i);
            sw += weight;
            sx = Vector512.FusedMultiplyAdd(weight, Vector512.Load(x + i), sx);
        }

        return new(Lanes.Sum(sw), Lanes.Sum(sx));
    }

    /// <summary>The sums for the codes nearest to a line.</summary>
    public static void Sums(float* x, float* w, int count, int top, in Line line, out CodeSums sums)
    {
        Vector512<float> inverse = Vector512.Create(line.Scale == 0 ? 0 : 1 / line.Scale);
        Vector512<float> min = Vector512.Create(line.Min);
        Vector512<float> sq = default, sqq = default, sxq = default;
        for (int i = 0; i < count; i += Lanes.Width)
        {
            Vector512<float> value = Vector512.Load(x + i);
            Vector512<float> q = Whole.Nearest((value - min) * inverse, 0, top);
            Vector512<float> weighed = Vector512.Load(w + i) * q;
            sq += weighed;
            sqq = Vector512.FusedMultiplyAdd(weighed, q, sqq);
            sxq = Vector512.FusedMultiplyAdd(weighed, value, sxq);
        }

        sums = new(Lanes.Sum(sq), Lanes.Sum(sqq), Lanes.Sum(sxq));
    }

    /// <summary>Σ w (x − s q − m)² for the codes nearest to a line.</summary>
    public static float Error(float* x, float* w, int count, int top, in Line line)
    {
        Vector512<float> inverse = Vector512.Create(line.Scale == 0 ? 0 : 1 / line.Scale);
        Vector512<float> scale = Vector512.Create(line.Scale);
        Vector512<float> min = Vector512.Create(line.Min);
        Vector512<float> error = default;
        for (int i = 0; i < count; i += Lanes.Width)
        {
            Vector512<float> above = Vector512.Load(x + i) - min;
            Vector512<float> off = above - (Whole.Nearest(above * inverse, 0, top) * scale);
            error = Vector512.FusedMultiplyAdd(off * Vector512.Load(w + i), off, error);
        }

        return Lanes.Sum(error);
    }

    /// <summary>The codes nearest to a line.</summary>
    public static void Codes(float* x, int count, int top, in Line line, byte* codes)
    {
        Vector512<float> inverse = Vector512.Create(line.Scale == 0 ? 0 : 1 / line.Scale);
        Vector512<float> min = Vector512.Create(line.Min);
        int* sixteen = stackalloc int[Lanes.Width];
        for (int i = 0; i < count; i += Lanes.Width)
        {
            Whole.Codes((Vector512.Load(x + i) - min) * inverse, 0, top).Store(sixteen);
            for (int lane = 0; lane < Lanes.Width; lane++)
            {
                codes[i + lane] = (byte)sixteen[lane];
            }
        }
    }

    private static Line Best(float* x, float* w, int count, int top, bool descends)
    {
        (float low, float high) = Extremes.Of(x, count);
        low = descends ? MathF.Min(low, 0) : low;
        float step = (high - low) / top;
        if (step < Nothing)
        {
            return new(0, low);
        }

        Search search = new(x, w, count, top, descends, new(step, low));
        foreach (float below in Insets)
        {
            foreach (float above in Insets)
            {
                search.Try(new(step * (top - below - above) / top, low + (below * step)));
            }
        }

        for (int turn = 0; turn < Turns; turn++)
        {
            Line best = search.Best;
            search.Try(in best);
        }

        return search.Best;
    }

    private ref struct Search(float* x, float* w, int count, int top, bool descends, Line start)
    {
        private readonly ValueSums _values = Sums(x, w, count);
        private float _error = Error(x, w, count, top, in start);
        private float _spared = float.NegativeInfinity;

        public Line Best { get; private set; } = start;

        /// <summary>Fits a line to the codes nearest to <paramref name="line"/> and keeps it if it is the best so far.</summary>
        public void Try(in Line line)
        {
            Sums(x, w, count, top, in line, out CodeSums s);
            float determinant = (_values.W * s.QQ) - (s.Q * s.Q);
            Line fitted = new(((_values.W * s.XQ) - (_values.X * s.Q)) / determinant, ((s.QQ * _values.X) - (s.Q * s.XQ)) / determinant);
            if (!(determinant > 0) || (descends && fitted.Min > 0))
            {
                fitted = new(s.XQ / s.QQ, 0);
            }

            // Σ w x² less the error of a fitted line, but for its rounding, which weights far apart make worse: it rules out what
            // is not worth a look, and the error itself has the last word.
            float spared = (fitted.Scale * s.XQ) + (fitted.Min * _values.X);
            if (fitted.Scale > 0 && spared > _spared && Error(x, w, count, top, in fitted) is float error && error < _error)
            {
                (Best, _spared, _error) = (fitted, spared, error);
            }
        }
    }
}
