namespace Sputnik.Bench;

/// <summary>How values lie, by nearest rank; NaN-free: without values everything is 0.</summary>
internal readonly record struct Spread(int Count, double Median, double P99, double Most)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? default : new(sorted.Length, At(0.5), At(0.99), sorted[^1]);

        double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
