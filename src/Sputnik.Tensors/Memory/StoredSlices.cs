namespace Sputnik.Tensors;

/// <summary>
/// Panels made of a stored weight a slice at a time. The pages of a mapped file that a slice has read leave memory before
/// the next is read, so that a weight never stands in memory twice.
/// </summary>
internal static class StoredSlices
{
    // Large beside what handing a slice to threads costs, small beside any model.
    private const long SliceBytes = 16L << 20;

    /// <summary>Runs a job over all panels, each of <paramref name="rows"/> rows of the weight.</summary>
    public static void Run<TJob>(Workers workers, ref TJob job, Weight weight, int panels, int rows)
        where TJob : unmanaged, IRangeJob
    {
        long panelBytes = rows * weight.Format.RowBytes(weight.In);
        int step = (int)Math.Clamp(SliceBytes / Math.Max(1, panelBytes), 1, panels);
        for (int start = 0; start < panels; start += step)
        {
            int count = Math.Min(step, panels - start);
            ShiftedJob<TJob> shifted = new(job, start);
            workers.Ranges(ref shifted, count, grain: 1);
            int first = start * rows;
            weight.Forget(first, Math.Min(count * rows, weight.Out - first));
        }
    }

    private readonly struct ShiftedJob<TJob>(TJob job, int by) : IRangeJob
        where TJob : unmanaged, IRangeJob
    {
        public void Run(int start, int end) => job.Run(start + by, end + by);
    }
}
