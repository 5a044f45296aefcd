namespace Sputnik.Tensors;

/// <summary>
/// Sine and cosine in double from fused multiply-adds: the C library's differ between systems in the last digit, and now
/// and then that digit decides how a float rounds.
/// </summary>
internal static class Rotation
{
    private const double QuartersPerRadian = 0.63661977236758134308; // 2 / π
    private const double Quarter = 1.57079632679489661923;           // π / 2
    private const double QuarterRest = 6.12323399573676603587e-17;   // π / 2 less its double

    /// <summary>(sin a, cos a), good to some 1e-15 for |a| up to 10⁶.</summary>
    public static (double Sin, double Cos) SinCos(double angle)
    {
        double quarters = Math.Round(angle * QuartersPerRadian);
        double r = Math.FusedMultiplyAdd(quarters, -Quarter, angle);
        r = Math.FusedMultiplyAdd(quarters, -QuarterRest, r);
        double sin = Sine(r);
        double cos = Cosine(r);
        return ((long)quarters & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    // Taylor: the next term is below 1e-17 for |r| ≤ π / 4.
    private static double Sine(double r)
    {
        double s = r * r;
        double sum = 0;
        for (int k = 17; k >= 3; k -= 2)
        {
            sum = Math.FusedMultiplyAdd(sum, -s / ((k + 2) * (k + 1)), 1);
        }

        return Math.FusedMultiplyAdd(r * s, -sum / 6, r);
    }

    private static double Cosine(double r)
    {
        double s = r * r;
        double sum = 0;
        for (int k = 16; k >= 0; k -= 2)
        {
            sum = Math.FusedMultiplyAdd(sum, -s / ((k + 2) * (k + 1)), 1);
        }

        return sum;
    }
}
