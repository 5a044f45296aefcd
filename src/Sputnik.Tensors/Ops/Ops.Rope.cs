namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// Rotates, in every group of <paramref name="headCols"/> columns, the table.Dim columns from <paramref name="start"/>
    /// by the row's position; the others pass. [rows, heads · headCols] → same
    /// </summary>
    public Tensor Rope(Tensor x, Batch batch, RopeTable table, int headCols, int start = 0)
    {
        RequireRope(x, batch, table, headCols, start);
        RopeHeads heads = new(headCols, start);
        Tensor y = New(x.Rows, x.Cols);
        RopeKernel.Forward(workers, x, batch, table, heads, y);
        if (tape is not null)
        {
            RecordRope(tape, x, batch, table, heads, y);
        }

        return y;
    }

    private void RecordRope(Tape tape, Tensor x, Batch batch, RopeTable table, RopeHeads heads, Tensor y) => tape.Record(() =>
    {
        if (tape.HasGrad(y))
        {
            RopeKernel.Backward(workers, tape.Grad(y), batch, table, heads, tape.Grad(x));
        }
    });

    private static void RequireRope(Tensor x, Batch batch, RopeTable table, int headCols, int start)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(headCols);
        if (x.Rows != batch.Rows)
        {
            throw new ArgumentException($"The batch has {batch.Rows} rows, the tensor {x.Rows}.", nameof(batch));
        }

        if (x.Cols % headCols != 0 || start + table.Dim > headCols)
        {
            throw new ArgumentException(
                $"Heads of {headCols} columns must divide {x.Cols} and hold columns {start} … {start + table.Dim - 1}.", nameof(headCols));
        }

        foreach (int position in batch.Positions)
        {
            if ((uint)position >= (uint)table.MaxLength)
            {
                throw new ArgumentException($"The table covers positions 0 … {table.MaxLength - 1}, got {position}.", nameof(batch));
            }
        }
    }
}
