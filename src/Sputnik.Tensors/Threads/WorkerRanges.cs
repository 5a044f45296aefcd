namespace Sputnik.Tensors;

/// <summary>Cuts cheap outputs into ranges that are worth a thread's while.</summary>
internal static class WorkerRanges
{
    // Some 2 µs of an elementwise kernel at 0.2 ns a value: several times what a fork and join cost (kernels.md §6, §7).
    private const long LeastValues = 8192;

    /// <summary>Runs <paramref name="job"/> over 0 … items − 1, on the caller alone where the work is small.</summary>
    /// <param name="workers">Who shares the ranges.</param>
    /// <param name="job">What one range does.</param>
    /// <param name="items">Outputs in all.</param>
    /// <param name="valuesPerItem">Floats an output touches; an exp costs about 4.</param>
    public static void Share<TJob>(this Workers workers, TJob job, int items, long valuesPerItem)
        where TJob : unmanaged, IRangeJob =>
        workers.Ranges(ref job, items, (int)((LeastValues + valuesPerItem - 1) / Math.Max(1, valuesPerItem)));
}
