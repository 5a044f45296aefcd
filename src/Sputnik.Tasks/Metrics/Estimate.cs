namespace Sputnik.Tasks;

/// <summary>A mean with its uncertainty.</summary>
/// <param name="Mean">The mean over all observations.</param>
/// <param name="StandardError">Over the problems as drawn, since samples of one problem are not independent; null for a single problem.</param>
/// <param name="Count">Observations.</param>
public sealed record Estimate(double Mean, double? StandardError, int Count)
{
    /// <summary>
    /// The mean of clustered observations, one cluster a problem: m = Σ xᵢⱼ / n, with
    /// SE² = P / (P - 1) · Σᵢ (Σⱼ (xᵢⱼ - m))² / n² over the P clusters that are not empty. Null where all are empty.
    /// </summary>
    public static Estimate? OfClusters(IEnumerable<IReadOnlyCollection<double>> clusters)
    {
        var filled = clusters.Where(cluster => cluster.Count > 0).ToArray();
        if (filled.Length == 0)
        {
            return null;
        }

        int count = filled.Sum(cluster => cluster.Count);
        double mean = filled.Sum(cluster => cluster.Sum()) / count;
        if (filled.Length == 1)
        {
            return new Estimate(mean, null, count);
        }

        double squares = filled.Sum(cluster => Square(cluster.Sum() - (cluster.Count * mean)));
        double error = Math.Sqrt(squares * filled.Length / (filled.Length - 1)) / count;
        return new Estimate(mean, error, count);
    }

    private static double Square(double value) => value * value;
}
