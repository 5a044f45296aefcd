namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// The sequence-wise balance loss α Σᵢ fᵢ Pᵢ, averaged over the sequences of the step (DeepSeek-V3 §2.1.2, eq. 17-20).
    /// Adds its gradient to the affinities when the tape runs back; the value is for the log.
    /// </summary>
    public unsafe float BalanceLoss(Routing routing, Batch batch, float alpha)
    {
        int rows = routing.Affinities.Rows;
        if (rows != batch.Rows)
        {
            throw new ArgumentException($"The routing has {rows} rows, the batch {batch.Rows}.", nameof(batch));
        }

        Tensor ds = tape is null ? default : arena.Allocate(rows, routing.Affinities.Cols);
        double loss = 0;
        int count = batch.StepSequences > 0 ? batch.StepSequences : Sequences(batch);
        for (int first = 0, end = 1; first < rows; end++)
        {
            if (end == rows || batch.Sequences[end] != batch.Sequences[first])
            {
                loss += BalanceKernel.Sequence(routing, first, end - first, alpha / (double)count, ds.Data);
                first = end;
            }
        }

        if (tape is not null)
        {
            RecordBalanceLoss(tape, routing, ds);
        }

        return (float)loss;
    }

    private void RecordBalanceLoss(Tape tape, Routing routing, Tensor ds) =>
        tape.Record(() => AddKernel.Gather(workers, ds, tape.Grad(routing.Affinities)));

    private static int Sequences(Batch batch)
    {
        int count = 0;
        for (int row = 0; row < batch.Rows; row++)
        {
            count += row == 0 || batch.Sequences[row] != batch.Sequences[row - 1] ? 1 : 0;
        }

        return count;
    }
}
