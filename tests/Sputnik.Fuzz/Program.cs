using System.Diagnostics;
using System.Globalization;
using Sputnik.Fuzz;

// One line per target: cases, what became of them, and the worst in time and memory. Exit code 1 where a case broke the contract.
if (args is ["replay", string name, string folder])
{
    IFuzzTarget replayed = FuzzTargets.Create(name);
    using var running = replayed as IDisposable;
    replayed.Use(folder);
    Console.WriteLine("used without an error");
    return 0;
}

if (args is not [string target, ..] || (target != "all" && !FuzzTargets.Names.Contains(target)))
{
    Console.Error.WriteLine($"""
        usage: Sputnik.Fuzz all|{string.Join('|', FuzzTargets.Names)} [--cases N] [--seed S] [--from CASE] [--places]
               Sputnik.Fuzz replay TARGET FOLDER
        """);
    return 2;
}

int cases = (int)Number("--cases", 10_000), from = (int)Number("--from", 0);
ulong seed = Number("--seed", 0);
int broken = 0;
foreach (string each in target == "all" ? FuzzTargets.Names : [target])
{
    Stopwatch clock = Stopwatch.StartNew();
    IFuzzTarget made = FuzzTargets.Create(each);
    using var held = made as IDisposable;
    FuzzReport report = new FuzzRun(made, seed) { Longest = TimeSpan.FromSeconds(1), Keep = "fuzz-failures" }.Run(from, cases);
    Console.WriteLine(
        $"{each}: {report.Accepted + report.Refused:N0} cases, {report.Accepted:N0} used, {report.Refused:N0} refused, {report.Failures.Count} broken; "
        + $"slowest {report.Slowest.Time.TotalMilliseconds:F0} ms of processor (case {report.Slowest.Case}), "
        + $"managed {report.Largest.Bytes / 1048576.0:F1} MiB (case {report.Largest.Case}), "
        + $"address space {report.LargestNative.Bytes / 1048576.0:F0} MiB (case {report.LargestNative.Case}); {clock.Elapsed.TotalSeconds:F0} s");
    foreach ((int number, string what) in report.Failures)
    {
        Console.WriteLine($"  case {number}, kept in fuzz-failures/{each}-{seed}-{number}: {what}");
    }

    foreach ((string place, int count) in args.Contains("--places") ? report.Places : [])
    {
        Console.WriteLine($"  {count,7} {place}");
    }

    broken += report.Failures.Count;
}

return broken == 0 ? 0 : 1;

ulong Number(string option, ulong otherwise) =>
    Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? ulong.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
