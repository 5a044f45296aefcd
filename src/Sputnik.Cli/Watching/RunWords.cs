using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>A run in words.</summary>
internal static class RunWords
{
    public static string Model(RunStart run)
    {
        string active = run.ActiveParameters < run.Parameters ? $", {Quantity.Scaled(run.ActiveParameters)} active" : "";
        return $"{Quantity.Scaled(run.Parameters)} parameters{active}, {run.VocabularySize} tokens of vocabulary";
    }

    public static string Machine(RunStart run) =>
        $"{run.Machine}; {run.Threads} {(run.Threads == 1 ? "thread" : "threads")}, FMA peak {Quantity.Figures(run.PeakGflops)} GFLOP/s";

    public static string End(RunSummary summary, double price) =>
        $"{(summary.Finished ? "finished" : "interrupted")} after {Quantity.Duration(summary.Seconds)}: {Quantity.CpuTime(summary.CpuHours)}, "
        + $"{Quantity.Money(summary.CpuHours * price)} at {Quantity.Money(price)} an hour of one core, {Quantity.Scaled(summary.Flops)}FLOP; weights {summary.WeightsSha256}";

    /// <summary>The command that goes on with a run.</summary>
    public static string Resume(string folder) =>
        $"sputnik train --resume {(folder.Contains(' ', StringComparison.Ordinal) ? $"\"{folder}\"" : folder)}";
}
