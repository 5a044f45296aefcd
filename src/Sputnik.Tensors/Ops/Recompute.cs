namespace Sputnik.Tensors;

/// <summary>Gradient checkpointing: keeps only a block's input and output and runs the block again on the way back, same bits.</summary>
public static class Recompute
{
    /// <summary>Applies <paramref name="block"/> without recording it; the backward pass records it again and undoes it.</summary>
    public static Tensor Block(Ops op, Tensor x, Func<Ops, Tensor, Tensor> block) => throw new NotImplementedException();
}
