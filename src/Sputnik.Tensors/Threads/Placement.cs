using System.Runtime.InteropServices;

namespace Sputnik.Tensors;

/// <summary>
/// Keeps a woken thread off the processor of the thread that woke it. A scheduler may put both on one; what should have run
/// beside the caller then waits until its time slice ends, milliseconds later. Linux only; elsewhere it does nothing.
/// </summary>
internal static unsafe partial class Placement
{
    // A cpu_set_t of glibc's <sched.h>: 1,024 processors.
    private const int SetWords = 16;

    /// <summary>Processor of the calling thread; null where the system does not tell.</summary>
    public static int? Current => OperatingSystem.IsLinux() && GetProcessor() is int number and >= 0 ? number : null;

    /// <summary>Moves the calling thread away from a processor, to any other that the process may use.</summary>
    public static void Leave(int processor)
    {
        ulong* set = stackalloc ulong[SetWords];
        new Span<ulong>(set, SetWords).Clear();
        if (processor >= SetWords * 64 || GetAffinity(Environment.ProcessId, SetWords * sizeof(ulong), set) < 0)
        {
            return;
        }

        set[processor / 64] &= ~(1UL << (processor % 64));

        // Refused where no other processor is left: the thread then stays where it is, slower and with the same results.
        _ = SetAffinity(0, SetWords * sizeof(ulong), set);
    }

    [SuppressGCTransition]
    [LibraryImport("libc", EntryPoint = "sched_getcpu")]
    private static partial int GetProcessor();

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint bytes, ulong* set);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint bytes, ulong* set);
}
