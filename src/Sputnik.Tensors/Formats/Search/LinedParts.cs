namespace Sputnik.Tensors;

/// <summary>
/// The units d, e and the whole numbers s, m of a superblock: part k of x is d · s_k · q − e · m_k. Each part's own best
/// line gives the units; then each part takes the best of the four pairs around its line, least squares gives the units for
/// them, and again.
/// </summary>
/// <param name="partValues">Values of a part, of 256.</param>
/// <param name="top">The highest q.</param>
/// <param name="highest">The highest s and m.</param>
internal readonly unsafe struct LinedParts(int partValues, int top, int highest)
{
    private const int Turns = 2;

    private int Count => 256 / partValues;

    /// <summary>The units; s and m of each part into <paramref name="pairs"/>.</summary>
    public Units Fit(float* x, float* w, Pair* pairs)
    {
        Line* wanted = stackalloc Line[Count];
        float scale = 0;
        float min = 0;
        for (int part = 0; part < Count; part++)
        {
            wanted[part] = LineSearch.Descending(x + (part * partValues), w + (part * partValues), partValues, top);
            scale = MathF.Max(scale, wanted[part].Scale);
            min = MathF.Max(min, -wanted[part].Min);
        }

        // Rounded up, so that the parts with the largest scale and minimum can have them; it matters where a unit is subnormal.
        Units units = new(F16.EncodeAway(scale / highest), F16.EncodeAway(min / highest));
        double error = Choose(x, w, wanted, units, pairs);
        Pair* others = stackalloc Pair[Count];
        for (int turn = 0; turn < Turns; turn++)
        {
            Units other = Refit(x, w, units, pairs);
            double otherError = other == units ? error : Choose(x, w, wanted, other, others);
            if (otherError >= error)
            {
                break;
            }

            (units, error) = (other, otherError);
            new ReadOnlySpan<Pair>(others, Count).CopyTo(new(pairs, Count));
        }

        return units;
    }

    /// <summary>The codes of 256 values.</summary>
    public void Codes(float* x, Units units, Pair* pairs, byte* codes)
    {
        for (int part = 0; part < Count; part++)
        {
            LineSearch.Codes(x + (part * partValues), partValues, top, units.Line(pairs[part]), codes + (part * partValues));
        }
    }

    private double Choose(float* x, float* w, Line* wanted, Units units, Pair* pairs)
    {
        double error = 0;
        for (int part = 0; part < Count; part++)
        {
            int scale = Below(wanted[part].Scale, units.Scale);
            int min = Below(-wanted[part].Min, units.Min);
            float least = float.PositiveInfinity;
            for (int corner = 0; corner < 4; corner++)
            {
                Pair pair = new(scale + (corner & 1), min + (corner >> 1));
                float off = LineSearch.Error(x + (part * partValues), w + (part * partValues), partValues, top, units.Line(pair));
                if (off < least)
                {
                    (least, pairs[part]) = (off, pair);
                }
            }

            error += least;
        }

        return error;
    }

    private int Below(float wanted, float unit) => unit == 0 ? 0 : (int)Math.Clamp(MathF.Floor(wanted / unit), 0, highest - 1);

    // The normal equations of Σ w (x − d s q + e m)².
    private Units Refit(float* x, float* w, Units units, Pair* pairs)
    {
        double ss = 0, sm = 0, mm = 0, xs = 0, xm = 0;
        for (int part = 0; part < Count; part++)
        {
            (int s, int m) = pairs[part];
            ValueSums values = LineSearch.Sums(x + (part * partValues), w + (part * partValues), partValues);
            LineSearch.Sums(x + (part * partValues), w + (part * partValues), partValues, top, units.Line(pairs[part]), out CodeSums codes);
            ss += (double)s * s * codes.QQ;
            sm += (double)s * m * codes.Q;
            mm += (double)m * m * values.W;
            xs += (double)s * codes.XQ;
            xm += (double)m * values.X;
        }

        double determinant = (ss * mm) - (sm * sm);
        double d = determinant > 0 ? ((xs * mm) - (xm * sm)) / determinant : ss > 0 ? xs / ss : 0;
        double e = determinant > 0 ? ((xs * sm) - (xm * ss)) / determinant : 0;
        return d > 0 && e >= 0 ? Units.Round((float)d, (float)e) : units;
    }

    /// <summary>The whole numbers of a part.</summary>
    public readonly record struct Pair(int Scale, int Min);

    /// <summary>The units as binary16 keeps them.</summary>
    public readonly record struct Units(ushort ScaleBits, ushort MinBits)
    {
        public float Scale => F16.Decode(ScaleBits);

        public float Min => F16.Decode(MinBits);

        public static Units Round(float scale, float min) => new(F16.EncodeFinite(scale), F16.EncodeFinite(min));

        public Line Line(Pair pair) => new(Scale * pair.Scale, -(Min * pair.Min));
    }
}
