using System.Diagnostics;

namespace Sputnik.Training;

/// <summary>What a run has cost so far, the parts before a resume included.</summary>
public sealed class RunClock
{
    private readonly double _earlierSeconds;
    private readonly double _earlierCpuSeconds;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpuStart = Cpu();

    /// <summary>A clock that goes on from what earlier parts of the run cost.</summary>
    public RunClock(double seconds = 0, double cpuSeconds = 0, double flops = 0)
    {
        _earlierSeconds = seconds;
        _earlierCpuSeconds = cpuSeconds;
        Flops = flops;
    }

    /// <summary>Wall time in seconds.</summary>
    public double Seconds => _earlierSeconds + Stopwatch.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Processor time of all threads in seconds.</summary>
    public double CpuSeconds => _earlierCpuSeconds + (Cpu() - _cpuStart).TotalSeconds;

    /// <summary>Floating-point operations by 2·N a token computed and 6·N a token trained, N the active parameters.</summary>
    public double Flops { get; private set; }

    /// <summary>Counts rows that were only computed.</summary>
    public void AddComputed(long rows, long activeParameters) => Flops += 2.0 * rows * activeParameters;

    /// <summary>Counts rows that went forward and back.</summary>
    public void AddTrained(long rows, long activeParameters) => Flops += 6.0 * rows * activeParameters;

    private static TimeSpan Cpu()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
