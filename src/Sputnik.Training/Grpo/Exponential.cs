namespace Sputnik.Training;

/// <summary>eˣ in double from a fixed polynomial: Math.Exp comes from the C library and differs across systems.</summary>
internal static class Exponential
{
    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts, the first with zeros at its end, so that n · High is exact (Cody and Waite).
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;
    private const int Terms = 14;

    /// <summary>eˣ, within about 1e-16 of it; x beyond ±700 counts as ±700. 1 exactly at 0.</summary>
    public static double Of(double x)
    {
        x = Math.Clamp(x, -700, 700);
        double n = Math.Round(x * Log2E);
        double r = Math.FusedMultiplyAdd(-n, Ln2Low, Math.FusedMultiplyAdd(-n, Ln2High, x));
        double sum = 1;
        for (int k = Terms; k >= 1; k--)
        {
            sum = Math.FusedMultiplyAdd(sum, r / k, 1);
        }

        return Math.ScaleB(sum, (int)n);
    }
}
