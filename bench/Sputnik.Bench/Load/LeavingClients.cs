using System.Diagnostics;

namespace Sputnik.Bench;

/// <summary>
/// Lets clients leave, one at a time: the engine's next cancelled request is then this one, and the time until it is counted
/// is the time from the closed connection to the free place.
/// </summary>
internal sealed class LeavingClients(LoadServer server, LoadTally tally) : IDisposable
{
    // An answer that ended in the very moment is never counted as cancelled; so many steps and seconds later it is given up.
    private const double LimitSteps = 4;
    private const double LimitSeconds = 1;

    private readonly SemaphoreSlim _door = new(1);

    /// <summary>Leaves and measures; false, with nothing done, while another is leaving.</summary>
    public async Task<bool> TryLeave(Action disconnect)
    {
        if (!await _door.WaitAsync(0))
        {
            return false;
        }

        try
        {
            double before = (await server.Metrics()).Cancelled;
            double step = 0;
            disconnect();
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < LimitSeconds + (LimitSteps * step))
            {
                MetricsPage page = await server.Metrics();
                step = Math.Max(step, page.Step);
                if (page.Cancelled > before)
                {
                    tally.Left(Stopwatch.GetElapsedTime(start).TotalSeconds, step);
                    return true;
                }

                await Task.Delay(1);
            }

            tally.LeftTooLate();
            return true;
        }
        finally
        {
            _door.Release();
        }
    }

    public void Dispose() => _door.Dispose();
}
