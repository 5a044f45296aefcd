namespace Sputnik.Generation;

/// <summary>Values gathered one by one in the order they come: mean, standard error, quantiles. All in double precision.</summary>
public sealed class Sample
{
    private readonly List<double> _values = [];
    private double _sum;

    /// <summary>How many.</summary>
    public int Count => _values.Count;

    /// <summary>Their mean; 0 of none.</summary>
    public double Mean => Count == 0 ? 0 : _sum / Count;

    /// <summary>Standard error of the mean, with n − 1; 0 of fewer than two.</summary>
    public double Error
    {
        get
        {
            double mean = Mean;
            return Count < 2 ? 0 : Math.Sqrt(_values.Sum(v => (v - mean) * (v - mean)) / (Count - 1) / Count);
        }
    }

    /// <summary>The largest.</summary>
    public double Max => _values.Max();

    /// <summary>One more.</summary>
    public void Add(double value)
    {
        _values.Add(value);
        _sum += value;
    }

    /// <summary>The value below which a share of them lies, between neighbours linearly (NumPy's default).</summary>
    public double Quantile(double share)
    {
        double[] sorted = [.. _values.Order()];
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
