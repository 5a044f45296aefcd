using System.Globalization;
using System.Text;

namespace Sputnik.Server;

/// <summary>How often a time in seconds fell below each of a row of bounds, as Prometheus counts.</summary>
internal sealed class Histogram(string name, string help)
{
    // A 1.5B model on two cores needs some 50 ms a token, a long prompt minutes: two bounds a decade between.
    private static readonly double[] Bounds = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000];

    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private double _sum;

    public void Add(double seconds)
    {
        int bucket = Array.FindIndex(Bounds, bound => seconds <= bound);
        lock (_lock)
        {
            _counts[bucket < 0 ? Bounds.Length : bucket]++;
            _sum += seconds;
        }
    }

    /// <summary>All of it together.</summary>
    public double Sum
    {
        get
        {
            lock (_lock)
            {
                return _sum;
            }
        }
    }

    public void WriteHead(StringBuilder text) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} histogram\n");

    /// <param name="text">Where to.</param>
    /// <param name="model">The label of the model that is measured; empty where there is one.</param>
    public void WriteLines(StringBuilder text, string model)
    {
        string labels = Labels.Of(model);
        lock (_lock)
        {
            long below = 0;
            for (int i = 0; i < _counts.Length; i++)
            {
                below += _counts[i];
                string bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{Labels.Of(model, Labels.One("le", bound))} {below}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{name}_sum{labels} {_sum}\n{name}_count{labels} {below}\n");
        }
    }
}
