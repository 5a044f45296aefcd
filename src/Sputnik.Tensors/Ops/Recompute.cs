namespace Sputnik.Tensors;

/// <summary>Gradient checkpointing: keeps only a block's input and output and runs the block again on the way back, same bits.</summary>
public static class Recompute
{
    /// <summary>
    /// Applies <paramref name="block"/> without recording it; the backward pass records it again and undoes it. The block
    /// may use no taped tensor but its input, and what it reads besides (batch, cache) must still be there on the way back:
    /// a cache is written again with the values it holds.
    /// </summary>
    public static Tensor Block(Ops op, Tensor x, Func<Ops, Tensor, Tensor> block)
    {
        if (op.Tape is not { } tape)
        {
            return block(op, x);
        }

        ArenaMark mark = op.Arena.Mark();
        Tensor inner = block(new Ops(op.Arena, op.Workers), x);
        op.Arena.Release(mark);

        // The output may lie where the block's own tensors were: CopyTo moves overlapping values rightly.
        Tensor y = op.New(inner.Rows, inner.Cols);
        inner.Span.CopyTo(y.Span);
        tape.Record(() => Undo(op, tape, x, y, block));
        return y;
    }

    private static void Undo(Ops op, Tape tape, Tensor x, Tensor y, Func<Ops, Tensor, Tensor> block)
    {
        if (!tape.HasGrad(y))
        {
            return;
        }

        // Claimed before the mark: what is allocated after it dies with it.
        Tensor dx = tape.Grad(x);
        Tensor dy = tape.Grad(y);
        ArenaMark mark = op.Arena.Mark();
        Tape again = new(op.Arena);
        Tensor output = block(new Ops(op.Arena, op.Workers, again), again.Adopt(x, dx));
        again.Backward(output, dy.Span);
        op.Arena.Release(mark);
    }
}
