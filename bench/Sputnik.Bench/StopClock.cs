using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sputnik.Bench;

/// <summary>Time spent: of the calling thread alone, which a busy machine hardly changes, or of the wall clock.</summary>
internal static unsafe partial class StopClock
{
    // CLOCK_THREAD_CPUTIME_ID of Linux's <time.h>.
    private const int ThreadClock = 3;

    /// <summary>Seconds on the processor of the calling thread.</summary>
    public static double Thread
    {
        get
        {
            long* time = stackalloc long[2];
            return GetTime(ThreadClock, time) == 0
                ? time[0] + (time[1] * 1e-9)
                : throw new NotSupportedException("This system has no clock of a thread's processor time.");
        }
    }

    /// <summary>Seconds of the wall clock.</summary>
    public static double Wall => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, long* time);
}
