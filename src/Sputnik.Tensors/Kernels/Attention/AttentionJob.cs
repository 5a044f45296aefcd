namespace Sputnik.Tensors;

/// <summary>Blocks times key/value heads: first all write to the cache, then all attend; or each does both at once.</summary>
internal readonly unsafe struct AttentionJob(AttentionInput input, AttentionBlock* blocks, bool write, bool attend) : IJob
{
    private readonly AttentionInput _input = input;

    public void Run(int index)
    {
        AttentionBlock block = blocks[index / _input.Shape.KvHeads];
        int kvHead = index % _input.Shape.KvHeads;
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
