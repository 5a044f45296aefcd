using System.Diagnostics;
using System.Globalization;
using Sputnik.Tensors;

namespace Sputnik.Bench;

/// <summary>Times of one kind of work, each taken next to a measurement of the machine's multiply-adds.</summary>
/// <param name="workers">Threads that do the work.</param>
internal sealed class Timing(Workers workers)
{
    private readonly List<Round> _rounds = [];

    /// <summary>Does the work once, after the peak. <paramref name="work"/> returns the floating-point operations it stands for and its rows.</summary>
    public void Take(Func<(double Flops, long Rows)> work)
    {
        double peak = FmaPeak.Measure(workers);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        (double flops, long rows) = work();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        _rounds.Add(new(peak, seconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, flops / 1e9, rows));
    }

    /// <summary>Milliseconds of one piece of work.</summary>
    public double Milliseconds => Median(r => r.Seconds * 1e3);

    /// <summary>Rows a second.</summary>
    public double RowsPerSecond => Median(r => r.Rows / r.Seconds);

    /// <summary>GFLOP/s of all threads.</summary>
    public double Gflops => Median(r => r.Gflop / r.Seconds);

    /// <summary>Share of the multiply-adds measured just before, by the clock on the wall.</summary>
    public double OfPeak => Median(r => r.Gflop / r.Seconds / r.Peak);

    /// <summary>GFLOP for each second of processor time: what a core does while nobody takes it away.</summary>
    public double GflopsPerCore => Median(r => r.Gflop / r.CpuSeconds);

    /// <summary>The same as a share of a core's multiply-adds.</summary>
    public double OfCorePeak => Median(r => r.Gflop / r.CpuSeconds / (r.Peak / workers.Threads));

    /// <summary>The cells of a table's row that <see cref="Columns"/> names.</summary>
    public string Cells => string.Create(
        CultureInfo.InvariantCulture,
        $"{workers.Threads} | {Milliseconds:F0} | {RowsPerSecond:F0} | {Gflops:F1} | {OfPeak:P0} | {GflopsPerCore:F1} | {OfCorePeak:P0} |");

    /// <summary>What stands in the cells.</summary>
    public const string Columns = "threads | ms | rows/s | GFLOP/s | of FMA peak | GFLOP/s a core | of its FMA peak |";

    /// <summary>How those columns are set.</summary>
    public const string Rule = "--:|--:|--:|--:|--:|--:|--:|";

    /// <summary>What the columns mean, for the text above a table.</summary>
    public const string Legend =
        "Each round stands beside its own register-only FMA loop. `a core`: per second of processor time,\nwhich others on the machine do not shorten.";

    private double Median(Func<Round, double> value)
    {
        double[] sorted = [.. _rounds.Select(value).Order()];
        return sorted[sorted.Length / 2];
    }

    private readonly record struct Round(double Peak, double Seconds, double CpuSeconds, double Gflop, long Rows);
}
