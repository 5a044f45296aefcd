namespace Sputnik.Tensors;

/// <summary>
/// The unit d and the whole numbers s of a superblock: part k of x is d · s_k · q. Each part's own best scale gives the
/// unit; then each part takes the better of the two s around its scale, least squares gives the unit for them, and again.
/// </summary>
/// <param name="partValues">Values of a part, of 256.</param>
/// <param name="lowest">The lowest s; the highest is −lowest − 1.</param>
internal readonly unsafe struct ScaledParts<TGrid>(int partValues, int lowest)
    where TGrid : struct, IGrid<TGrid>
{
    private const int Turns = 2;

    private int Count => 256 / partValues;

    /// <summary>Binary16 bits of the unit; the s of each part into <paramref name="scales"/>.</summary>
    public ushort Fit(float* x, float* w, int* scales)
    {
        float* wanted = stackalloc float[Count];
        float extreme = 0;
        for (int part = 0; part < Count; part++)
        {
            wanted[part] = ScaleSearch<TGrid>.Best(x + (part * partValues), w + (part * partValues), partValues);
            extreme = MathF.Abs(wanted[part]) > MathF.Abs(extreme) ? wanted[part] : extreme;
        }

        if (extreme == 0)
        {
            new Span<int>(scales, Count).Clear();
            return 0;
        }

        // Rounded away from zero, so that the part with the largest scale can have it; it matters where the unit is subnormal.
        ushort unit = F16.EncodeAway(extreme / lowest);
        double error = Choose(x, w, wanted, F16.Decode(unit), scales);
        int* others = stackalloc int[Count];
        for (int turn = 0; turn < Turns; turn++)
        {
            ushort other = F16.EncodeFinite(Unit(x, w, F16.Decode(unit), scales));
            double otherError = other == unit ? error : Choose(x, w, wanted, F16.Decode(other), others);
            if (otherError >= error)
            {
                break;
            }

            (unit, error) = (other, otherError);
            new ReadOnlySpan<int>(others, Count).CopyTo(new(scales, Count));
        }

        return unit;
    }

    /// <summary>The codes of 256 values.</summary>
    public void Codes(float* x, ushort unit, int* scales, byte* codes)
    {
        for (int part = 0; part < Count; part++)
        {
            ScaleSearch<TGrid>.Codes(x + (part * partValues), partValues, F16.Decode(unit) * scales[part], codes + (part * partValues));
        }
    }

    private double Choose(float* x, float* w, float* wanted, float unit, int* scales)
    {
        double error = 0;
        for (int part = 0; part < Count; part++)
        {
            int below = unit == 0 ? 0 : (int)Math.Clamp(MathF.Floor(wanted[part] / unit), lowest, -lowest - 2);
            float with = ScaleSearch<TGrid>.Error(x + (part * partValues), w + (part * partValues), partValues, unit * below);
            float withNext = ScaleSearch<TGrid>.Error(x + (part * partValues), w + (part * partValues), partValues, unit * (below + 1));
            scales[part] = withNext < with ? below + 1 : below;
            error += MathF.Min(with, withNext);
        }

        return error;
    }

    private float Unit(float* x, float* w, float unit, int* scales)
    {
        double products = 0;
        double squares = 0;
        for (int part = 0; part < Count; part++)
        {
            float scale = unit * scales[part];
            ScaleSearch<TGrid>.Sums(x + (part * partValues), w + (part * partValues), partValues, scale == 0 ? 0 : 1 / scale, out ScaleSums sums);
            products += (double)sums.XQ * scales[part];
            squares += (double)sums.QQ * scales[part] * scales[part];
        }

        return squares > 0 ? (float)(products / squares) : unit;
    }
}
