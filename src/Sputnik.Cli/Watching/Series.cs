namespace Sputnik.Cli;

/// <summary>The values of one measure so far, kept in a fixed number of cells: when they are full, neighbours are averaged.</summary>
internal sealed class Series
{
    private const int Cells = 128;

    private readonly List<double> _means = new(Cells);
    private double _sum;
    private int _count;
    private int _perCell = 1;

    /// <summary>The latest value as it came; null before the first.</summary>
    public double? Last { get; private set; }

    /// <summary>The curve from the start to now.</summary>
    public IReadOnlyList<double> Curve => _count == 0 ? _means : [.. _means, _sum / _count];

    /// <summary>Takes the next value; null and what is not finite is passed over.</summary>
    public void Add(double? value)
    {
        if (value is not { } number || !double.IsFinite(number))
        {
            return;
        }

        Last = number;
        _sum += number;
        if (++_count < _perCell)
        {
            return;
        }

        _means.Add(_sum / _count);
        (_sum, _count) = (0, 0);
        if (_means.Count == Cells)
        {
            Halve();
        }
    }

    private void Halve()
    {
        for (int i = 0; i < Cells / 2; i++)
        {
            _means[i] = (_means[2 * i] + _means[(2 * i) + 1]) / 2;
        }

        _means.RemoveRange(Cells / 2, Cells / 2);
        _perCell *= 2;
    }
}
