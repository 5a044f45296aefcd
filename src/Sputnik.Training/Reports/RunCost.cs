namespace Sputnik.Training;

/// <summary>What a run cost, from its records.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="CpuHours">Processor hours, all threads together.</param>
/// <param name="Flops">Floating-point operations by 2·N a token computed and 6·N a token trained, N the active parameters.</param>
/// <param name="Price">USD for an hour of one core.</param>
public sealed record RunCost(double Seconds, double CpuHours, double Flops, double Price)
{
    /// <summary>
    /// USD for an hour of one core: about what large clouds ask on demand for one virtual core of a compute machine with
    /// two gigabytes to the core. It makes runs comparable; on a computer that is there anyway the electricity is less.
    /// </summary>
    public const double DefaultPrice = 0.04;

    /// <summary>The money: processor hours times the price.</summary>
    public double Usd => CpuHours * Price;

    /// <summary>The cost of a whole run: its summary where it has one, else the sum of its steps, without evaluations.</summary>
    public static RunCost Of(RecordedRun run, double price)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!double.IsFinite(price) || price < 0)
        {
            throw new ArgumentException($"The price is {price} USD an hour; it has to be 0 or more.", nameof(price));
        }

        return run.Summary is { } summary
            ? new(summary.Seconds, summary.CpuHours, summary.Flops, price)
            : Of(run.Steps, price);
    }

    /// <summary>The cost of some steps; their processor hours are the run's up to the last of them.</summary>
    public static RunCost Of(IReadOnlyCollection<StepRecord> steps, double price) => new(
        steps.Sum(s => s.Seconds),
        steps.Count == 0 ? 0 : steps.Max(s => s.CpuHours),
        steps.Sum(s => s.Gflops * s.Seconds * 1e9),
        price);
}
