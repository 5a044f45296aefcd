namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>y[r] = table[token of row r].  [vocabulary, dim] → [rows, dim]</summary>
    public unsafe Tensor Embed(Weight table, Batch batch)
    {
        foreach (int token in batch.Tokens)
        {
            if ((uint)token >= (uint)table.Out)
            {
                throw new ArgumentException($"'{table.Name}' has tokens 0 … {table.Out - 1}, got {token}.", nameof(batch));
            }
        }

        Tensor y = New(batch.Rows, table.In);
        GatherKernel.Forward(workers, table, batch.TokenData, y);
        if (tape is not null && table.Trainable)
        {
            RecordEmbed(tape, table, batch, y);
        }

        return y;
    }

    private unsafe void RecordEmbed(Tape tape, Weight table, Batch batch, Tensor y) => tape.Record(() =>
    {
        if (tape.HasGrad(y))
        {
            GatherKernel.Backward(workers, tape.Grad(y), batch.TokenData, table.GradData);
        }
    });
}
