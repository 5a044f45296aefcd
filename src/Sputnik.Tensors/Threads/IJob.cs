namespace Sputnik.Tensors;

/// <summary>Independent outputs, by number. An unmanaged struct of pointers and sizes, so that sharing it allocates nothing.</summary>
internal interface IJob
{
    /// <summary>Computes output <paramref name="index"/>; must write nothing that another index reads or writes.</summary>
    void Run(int index);
}
