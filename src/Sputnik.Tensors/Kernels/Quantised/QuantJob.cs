namespace Sputnik.Tensors;

/// <summary>The runs of a group of products, numbered through.</summary>
internal readonly unsafe struct QuantJob(QuantTask* tasks, int count) : IJob
{
    /// <summary>Computes a run by its number.</summary>
    public void Run(int index)
    {
        int low = 0;
        int high = count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = tasks[middle].First <= index ? (middle, high) : (low, middle - 1);
        }

        tasks[low].Run(index);
    }
}
