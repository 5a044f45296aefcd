namespace Sputnik.Tensors;

/// <summary>Independent outputs taken a run at a time: rows of an elementwise word. An unmanaged struct, as <see cref="IJob"/>.</summary>
internal interface IRangeJob
{
    /// <summary>Computes outputs <paramref name="start"/> … <paramref name="end"/> − 1; must write nothing that another index reads or writes.</summary>
    void Run(int start, int end);
}
