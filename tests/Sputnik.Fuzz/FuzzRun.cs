using System.Diagnostics;
using Sputnik.Tensors;

namespace Sputnik.Fuzz;

/// <summary>
/// Runs seeded cases against a target. Each must be used or refused as the contract says, within bounds of memory and, where
/// asked, of processor time.
/// </summary>
internal sealed class FuzzRun
{
    // An arena's block, a thread's own heap and stack: what a first use reserves whatever the file says.
    private const long NativeAllowance = 256L << 20;

    // Files are unmapped by their finalizer; a system maps some 65,000 at once.
    private const int CasesBetweenCollections = 256;

    // Enough to see what goes wrong; a broken reader fails on every other case.
    private const int MostFailures = 20;

    private readonly IFuzzTarget _target;
    private readonly ulong _seed;

    // One report for each fault, however many cases meet it.
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);

    /// <summary>A run of a target.</summary>
    public FuzzRun(IFuzzTarget target, ulong seed)
    {
        _target = target;
        _seed = seed;
    }

    /// <summary>Most processor time of a case; null for no limit.</summary>
    public TimeSpan? Longest { get; init; }

    /// <summary>Where the files of failing cases are kept; null for nowhere.</summary>
    public string? Keep { get; init; }

    /// <summary>Runs cases first to first + count - 1.</summary>
    public FuzzReport Run(int first, int count)
    {
        FuzzReport report = new();
        string folder = Directory.CreateTempSubdirectory("sputnik-fuzz-").FullName;
        CounterRandom random = new(_seed, _target.Name);
        for (int number = first; number < first + count && report.Failures.Count < MostFailures; number++)
        {
            CounterRandom at = random.Split((ulong)number);
            RunOne(number, _target.Make(ref at), Path.Combine(folder, $"{number}"), report);
            if (number % CasesBetweenCollections == 0)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }

        Directory.Delete(folder, recursive: true);
        return report;
    }

    private void RunOne(int number, FuzzCase files, string folder, FuzzReport report)
    {
        files.Save(folder);
        long native = NativePeak.Read().Now, peak = NativePeak.Read().Peak;
        TimeSpan began = Environment.CpuUsage.TotalTime;
        long allocated = GC.GetAllocatedBytesForCurrentThread();

        Exception? error = Use(folder);

        long managed = GC.GetAllocatedBytesForCurrentThread() - allocated;
        TimeSpan taken = Environment.CpuUsage.TotalTime - began;
        long asked = NativePeak.Read().Peak is var now && now > peak ? now - native : 0;
        report.Slowest = taken > report.Slowest.Time ? (number, taken) : report.Slowest;
        report.Largest = managed > report.Largest.Bytes ? (number, managed) : report.Largest;
        report.LargestNative = asked > report.LargestNative.Bytes ? (number, asked) : report.LargestNative;
        report.Accepted += error is null ? 1 : 0;
        report.Refused += error is not null ? 1 : 0;
        if (error is not null)
        {
            string place = PlaceOf(error);
            report.Places[place] = report.Places.GetValueOrDefault(place) + 1;
        }

        string? wrong = error is not null && !_target.Refuses(error) ? error.ToString()
            : managed > _target.MostManaged(files.Bytes) ? $"{managed} managed bytes for {files.Bytes} bytes of files, at most {_target.MostManaged(files.Bytes)} are allowed."
            : asked > (64 * files.Bytes) + NativeAllowance ? $"{asked} bytes of address space for {files.Bytes} bytes of files."
            : taken > Longest ? $"{taken.TotalSeconds:F2} s of processor time, at most {Longest.Value.TotalSeconds} are allowed."
            : null;
        if (wrong is not null && _broken.Add(error is null ? wrong.Split(' ')[^1] : PlaceOf(error)))
        {
            report.Failures.Add((number, wrong));
            KeepFiles(number, files, wrong);
        }

        Directory.Delete(folder, recursive: true);
    }

    // The innermost error's first frame of ours, and the line: one check is one place. A server's refusal says its own.
    private static string PlaceOf(Exception error)
    {
        Exception inner = error;
        while (inner.InnerException is { } next)
        {
            inner = next;
        }

        if (inner is RequestRefusedException)
        {
            return inner.Message;
        }

        StackFrame? frame = new StackTrace(inner, fNeedFileInfo: true).GetFrames()
            .FirstOrDefault(f => f.GetMethod()?.DeclaringType?.Namespace?.StartsWith("Sputnik", StringComparison.Ordinal) == true);
        return $"{error.GetType().Name} {Path.GetFileName(frame?.GetFileName())}:{frame?.GetFileLineNumber()}";
    }

    // The point is to catch whatever comes: the contract is judged afterwards.
    private Exception? Use(string folder)
    {
        try
        {
            _target.Use(folder);
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private void KeepFiles(int number, FuzzCase files, string why)
    {
        if (Keep is not null)
        {
            string kept = Path.Combine(Keep, $"{_target.Name}-{_seed}-{number}");
            files.Save(kept);
            File.WriteAllText(Path.Combine(kept, "why.txt"), why);
        }
    }
}
