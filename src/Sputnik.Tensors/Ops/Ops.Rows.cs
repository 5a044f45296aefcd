namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>y[i] = x[rows[i]], for the rows whose log-probability is asked.  [n, cols] → [rows.Length, cols]</summary>
    public unsafe Tensor Rows(Tensor x, int[] rows)
    {
        foreach (int row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)x.Rows, nameof(rows));
        }

        Tensor y = New(rows.Length, x.Cols);
        fixed (int* index = rows)
        {
            GatherKernel.Forward(workers, x.Data, index, y);
        }

        if (tape is not null)
        {
            RecordRows(tape, x, rows, y);
        }

        return y;
    }

    private unsafe void RecordRows(Tape tape, Tensor x, int[] rows, Tensor y) => tape.Record(() =>
    {
        if (tape.HasGrad(y))
        {
            fixed (int* index = rows)
            {
                GatherKernel.Backward(workers, tape.Grad(y), index, tape.Grad(x).Data);
            }
        }
    });
}
