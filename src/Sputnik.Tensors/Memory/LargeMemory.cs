using System.Runtime.InteropServices;

namespace Sputnik.Tensors;

/// <summary>
/// Native memory that a step walks through. Where the system can, it stands in pages of 2 MiB: the processor then looks up
/// one address where it would look up 512, and the first touch is one fault instead of 512.
/// </summary>
internal static unsafe partial class LargeMemory
{
    private const nuint PageBytes = 2 << 20;
    private const nuint LineBytes = 64;

    // MADV_HUGEPAGE. Source: Linux, include/uapi/asm-generic/mman-common.h.
    private const int HugePage = 14;

    // MADV_DONTNEED, likewise.
    private const int NotNeeded = 4;

    /// <summary>Uncleared floats, 64-byte aligned; the caller frees them with <see cref="NativeMemory.AlignedFree"/>.</summary>
    public static float* Allocate(long floats)
    {
        nuint bytes = checked((nuint)floats * sizeof(float));
        if (bytes < PageBytes || !OperatingSystem.IsLinux())
        {
            return (float*)NativeMemory.AlignedAlloc(bytes, LineBytes);
        }

        void* data = NativeMemory.AlignedAlloc(bytes, PageBytes);

        // Advice only: a system that does not take it is slower and computes the same.
        _ = Advise(data, bytes & ~(PageBytes - 1), HugePage);
        return (float*)data;
    }

    /// <summary>Drops what whole pages of a mapped file hold; reading them again reads the file. Elsewhere than on Linux it does nothing.</summary>
    public static void Forget(byte* data, long bytes)
    {
        long page = Environment.SystemPageSize;
        byte* start = (byte*)(((nint)data + (nint)page - 1) & ~((nint)page - 1));
        byte* end = (byte*)((nint)(data + bytes) & ~((nint)page - 1));
        if (OperatingSystem.IsLinux() && start < end)
        {
            _ = Advise(start, (nuint)(end - start), NotNeeded);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint bytes, int advice);
}
