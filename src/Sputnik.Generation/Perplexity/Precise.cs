using System.Runtime.Intrinsics;

namespace Sputnik.Generation;

/// <summary>
/// exp and log in double from fused multiply-adds in one fixed order, so that a measured value has the same bits on every
/// processor; the C library's differ between systems.
/// </summary>
internal static class Precise
{
    // Below, exp is 0: far under the last bit of any sum that holds a 1.
    private const double Lowest = -700;
    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts, the first with zeros at its end, so that n · High is exact (Cody and Waite).
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;

    // 1.5 · 2⁵²: adding it leaves the nearest integer in the low bits.
    private const double Rounder = 6755399441055744;
    private const int MantissaBits = 52;

    // Taylor's series: on |r| ≤ ln 2 / 2 the term after the last is 4e-18.
    private const int Terms = 13;

    /// <summary>eˣ of each lane for x ≤ 0, within 1e-15 of it; 0 below −700, 1 exactly at 0.</summary>
    public static Vector256<double> Exp(Vector256<double> x)
    {
        Vector256<double> reach = Vector256.GreaterThanOrEqual(x, Vector256.Create(Lowest));
        x = Vector256.Max(x, Vector256.Create(Lowest));
        Vector256<double> shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(Log2E), Vector256.Create(Rounder));
        Vector256<double> n = shifted - Vector256.Create(Rounder);
        Vector256<double> r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2Low), r);
        Vector256<double> sum = Vector256<double>.One;
        for (int k = Terms; k >= 1; k--)
        {
            sum = Vector256.FusedMultiplyAdd(sum, r * Vector256.Create(1.0 / k), Vector256<double>.One);
        }

        // n stands in the low bits of the shifted value: moved up, it adds to the exponent.
        Vector256<long> scaled = sum.AsInt64() + (shifted.AsInt64() << MantissaBits);
        return scaled.AsDouble() & reach;
    }

    /// <summary>eˣ for x of any size up to 700.</summary>
    public static double Exp(double x) => x > 0
        ? 1 / Exp(Vector256.Create(-x)).ToScalar()
        : Exp(Vector256.Create(x)).ToScalar();

    /// <summary>ln x of a normal number from 1 on.</summary>
    public static double Log(double x)
    {
        // x = m · 2ⁿ with m in [1, 2); then Halley's step, which cubes the error: 0.06, 2e-5, 1e-15, and once more for the last bit.
        int n = Math.ILogB(x);
        double m = Math.ScaleB(x, -n), log = (m - 1) * Ln2High;
        for (int step = 0; step < 3; step++)
        {
            double e = Exp(log);
            log += 2 * (m - e) / (m + e);
        }

        return Math.FusedMultiplyAdd(n, Ln2High, Math.FusedMultiplyAdd(n, Ln2Low, log));
    }
}
