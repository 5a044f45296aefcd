namespace Sputnik.Tensors;

/// <summary>
/// Blocks times key/value heads: first all write to the cache, then all attend; or each does both at once. One output of
/// the job is <paramref name="heads"/> heads of a block.
/// </summary>
internal readonly unsafe struct AttentionJob(AttentionInput input, AttentionBlock* blocks, int heads, bool write, bool attend) : IJob
{
    // Blocks for every thread from which a block by itself is fine enough; fewer are cut by heads.
    private const int BlocksPerThread = 8;

    private readonly AttentionInput _input = input;

    /// <summary>Heads of one output: all, or one where blocks are few.</summary>
    public static int HeadsFor(int blocks, int kvHeads, int threads) => blocks >= BlocksPerThread * threads ? kvHeads : 1;

    /// <inheritdoc/>
    public void Run(int index)
    {
        int perBlock = _input.Shape.KvHeads / heads;
        AttentionBlock block = blocks[index / perBlock];
        int first = index % perBlock * heads;
        for (int kvHead = first; kvHead < first + heads; kvHead++)
        {
            if (write)
            {
                AttentionKernel.Write(_input, block, kvHead);
            }

            if (attend)
            {
                AttentionKernel.Attend(_input, block, kvHead);
            }
        }
    }
}
