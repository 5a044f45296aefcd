using System.Runtime.Intrinsics.X86;

namespace Sputnik.Tensors;

/// <summary>The blocks of a group of products, numbered through.</summary>
internal readonly unsafe struct MatMulJob(MatMulGrid* grids, int count) : IJob
{
    // A block should be worth a microsecond of arithmetic, or handing it out costs more than it evens out.
    private const long MinBlockCost = 4_096;

    // Late threads even out over this many blocks.
    private const int BlocksPerThread = 6;

    /// <summary>Products that share one fork-join at most: their grids live on the stack.</summary>
    public const int MaxProducts = 64;

    private static int TileRows => Avx512F.IsSupported ? Lanes16.TileRows : Lanes8.TileRows;

    /// <summary>Computes the products on all threads.</summary>
    public static void Run(Workers workers, ReadOnlySpan<PanelProduct> products)
    {
        long cost = 0;
        foreach (ref readonly PanelProduct product in products)
        {
            cost += 2L * product.Rows * product.Panels * product.Depth;
        }

        bool alone = workers.Threads == 1 || cost < 2 * MinBlockCost;
        long block = alone ? cost : Math.Max(cost / (workers.Threads * BlocksPerThread), MinBlockCost);
        MatMulGrid* grids = stackalloc MatMulGrid[products.Length];
        int blocks = 0;
        for (int i = 0; i < products.Length; i++)
        {
            grids[i] = new(products[i], blocks, block, TileRows);
            blocks += grids[i].Blocks;
        }

        MatMulJob job = new(grids, products.Length);
        if (alone)
        {
            for (int i = 0; i < blocks; i++)
            {
                job.Run(i);
            }
        }
        else
        {
            workers.Run(ref job, blocks);
        }
    }

    /// <summary>Computes a block by its number in the group.</summary>
    public void Run(int index)
    {
        int low = 0;
        int high = count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = grids[middle].First <= index ? (middle, high) : (low, middle - 1);
        }

        PanelProduct block = grids[low].Block(index - grids[low].First);
        if (Avx512F.IsSupported)
        {
            block.Run<Lanes16>();
        }
        else
        {
            block.Run<Lanes8>();
        }
    }
}
