using System.Diagnostics;

namespace Sputnik.Server;

/// <summary>Processor time divided among the requests that ran while it was spent: the shares add up to the whole.</summary>
/// <param name="spent">Processor time so far.</param>
internal sealed class ProcessorShares(Func<TimeSpan> spent)
{
    private readonly Lock _lock = new();
    private readonly HashSet<ProcessorShare> _running = [];
    private TimeSpan _last = spent();

    /// <summary>Processor time of this process, all threads.</summary>
    public static TimeSpan OfThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    public ProcessorShare Enter()
    {
        lock (_lock)
        {
            Divide();
            ProcessorShare share = new();
            _running.Add(share);
            return share;
        }
    }

    /// <summary>What a request took in all.</summary>
    public TimeSpan Leave(ProcessorShare share)
    {
        lock (_lock)
        {
            Divide();
            _running.Remove(share);
            return share.Taken;
        }
    }

    private void Divide()
    {
        TimeSpan now = spent(), part = (now - _last) / Math.Max(1, _running.Count);
        _last = now;
        foreach (ProcessorShare share in _running)
        {
            share.Taken += part;
        }
    }
}

/// <summary>A request's part of the processor time.</summary>
internal sealed class ProcessorShare
{
    public TimeSpan Taken { get; set; }
}
