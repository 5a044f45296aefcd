namespace Sputnik.Tensors;

/// <summary>A range job cut into equal runs; the last may be shorter.</summary>
internal readonly unsafe struct RangeRun<TJob>(TJob* job, int count, int length) : IJob
    where TJob : unmanaged, IRangeJob
{
    /// <summary>Runs the range by number.</summary>
    public void Run(int index) => job->Run(index * length, Math.Min(count, (index + 1) * length));
}
