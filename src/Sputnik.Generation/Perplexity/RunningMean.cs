namespace Sputnik.Generation;

/// <summary>A mean and its standard error, from numbers one after another.</summary>
public sealed class RunningMean
{
    private double _sum;
    private double _squares;

    /// <summary>Numbers so far.</summary>
    public int Count { get; private set; }

    /// <summary>Their mean; not a number before the first.</summary>
    public double Mean => _sum / Count;

    /// <summary>√(variance / (n − 1)), as if they were independent; not a number before the second.</summary>
    public double StandardError => Count < 2 ? double.NaN : Math.Sqrt(Math.Max(0, (_squares / Count) - (Mean * Mean)) / (Count - 1));

    /// <summary>One more.</summary>
    public void Add(double value)
    {
        _sum += value;
        _squares += value * value;
        Count++;
    }
}
