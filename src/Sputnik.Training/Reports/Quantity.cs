using System.Globalization;
using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>Numbers as people read them, the same in the terminal, the report and the model card.</summary>
public static class Quantity
{
    private static readonly (double Size, string Name)[] Scales = [(1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "K")];

    /// <summary>Three figures and a scale: 344 K, 1.60 M, 12.</summary>
    public static string Scaled(double value)
    {
        if (!double.IsFinite(value))
        {
            return "–";
        }

        foreach ((double size, string name) in Scales)
        {
            // What would be rounded to 1000 of the scale below belongs to this one.
            if (Math.Abs(value) >= size * 0.9995)
            {
                return $"{Figures(value / size)} {name}";
            }
        }

        return Figures(value);
    }

    /// <summary>Three significant figures without an exponent: 0.0123, 1.23, 123.</summary>
    public static string Figures(double value)
    {
        if (!double.IsFinite(value))
        {
            return "–";
        }

        double size = Math.Abs(value);
        int decimals = size == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(size * 1.0005)), 0, 6);
        return value == Math.Floor(value) && size < 1000
            ? value.ToString("0", CultureInfo.InvariantCulture)
            : value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }

    /// <summary>A share in percent: 41 %; below 10 % with one decimal, below 1 % with two: 4.1 %, 0.04 %.</summary>
    public static string Percent(double share) => double.IsFinite(share)
        ? (share * 100).ToString(Math.Abs(share) switch { 0 => "0", < 0.00995 => "0.00", < 0.0995 => "0.0", _ => "0" }, CultureInfo.InvariantCulture) + " %"
        : "–";

    /// <summary>Processor time in the unit that fits: 41 CPU-s, 12.3 CPU-min, 4.51 CPU-h.</summary>
    public static string CpuTime(double hours) => hours switch
    {
        < 1.0 / 60 => $"{Figures(hours * 3600)} CPU-s",
        < 1 => $"{Figures(hours * 60)} CPU-min",
        _ => $"{Figures(hours)} CPU-h",
    };

    /// <summary>A time in its two largest units: 3 h 12 min, 41 s, 12 ms.</summary>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds) || seconds < 0)
        {
            return "–";
        }

        // Rounded before it is taken apart, so that there is no "1 min 60 s".
        long whole = (long)Math.Round(seconds);
        return seconds is > 0 and < 0.0000995 ? $"{Figures(seconds * 1e6)} µs"
            : seconds is > 0 and < 0.0995 ? $"{Figures(seconds * 1000)} ms"
            : seconds < 9.95 ? seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
            : whole < 60 ? Invariant($"{whole} s")
            : whole < 3600 ? Invariant($"{whole / 60} min {whole % 60} s")
            : whole < 86400 ? Invariant($"{whole / 3600} h {whole % 3600 / 60} min")
            : Invariant($"{whole / 86400} d {whole % 86400 / 3600} h");
    }

    /// <summary>Money in USD; below a dollar to a hundredth of a cent: 0.0041 USD.</summary>
    public static string Money(double usd) => usd is > 0 and < 0.00005
        ? "< 0.0001 USD"
        : usd.ToString(usd is > 0 and < 0.995 ? "0.00##" : "0.00", CultureInfo.InvariantCulture) + " USD";

    /// <summary>A mean with its standard error: 0.412 ± 0.031.</summary>
    public static string WithError(Estimate estimate, int decimals = 3)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        string format = $"F{decimals}";
        string mean = estimate.Mean.ToString(format, CultureInfo.InvariantCulture);
        return estimate.StandardError is { } error ? $"{mean} ± {error.ToString(format, CultureInfo.InvariantCulture)}" : mean;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
