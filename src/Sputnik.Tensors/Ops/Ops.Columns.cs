namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// From each of <paramref name="groups"/> equal groups of columns, the <paramref name="count"/> columns from
    /// <paramref name="start"/>. [rows, groups · width] → [rows, groups · count]
    /// </summary>
    public Tensor Slice(Tensor x, int groups, int start, int count)
    {
        int width = GroupWidth(x, groups);
        if (start < 0 || count <= 0 || start + count > width)
        {
            throw new ArgumentException($"A group has columns 0 … {width - 1}, asked {start} … {start + count - 1}.", nameof(start));
        }

        Tensor y = New(x.Rows, groups * count);
        ColumnsKernel.Move<Write>(workers, x, new(width, start), y, new(count, 0), new(groups, count));
        if (tape is not null)
        {
            RecordMove(tape, x, new(width, start), y, new(count, 0), new(groups, count));
        }

        return y;
    }

    /// <summary>
    /// Group by group a's columns, then b's. A <paramref name="b"/> of one group is repeated for every group of a
    /// (multi-head latent attention shares one RoPE key). [rows, groups · m], [rows, groups · n or n] → [rows, groups · (m + n)]
    /// </summary>
    /// <param name="a">First columns of every group.</param>
    /// <param name="b">Last columns of every group.</param>
    /// <param name="groups">Groups of a.</param>
    /// <param name="shared">b has one group, shared by all.</param>
    public Tensor Join(Tensor a, Tensor b, int groups, bool shared = false)
    {
        if (a.Rows != b.Rows)
        {
            throw new ArgumentException($"Both sides need {a.Rows} rows, got {b.Rows}.", nameof(b));
        }

        int m = GroupWidth(a, groups);
        int n = GroupWidth(b, shared ? 1 : groups);
        ColumnBlocks fromB = new(shared ? 0 : n, 0);
        Tensor y = New(a.Rows, groups * (m + n));
        ColumnsKernel.Move<Write>(workers, a, new(m, 0), y, new(m + n, 0), new(groups, m));
        ColumnsKernel.Move<Write>(workers, b, fromB, y, new(m + n, m), new(groups, n));
        if (tape is not null)
        {
            RecordMove(tape, a, new(m, 0), y, new(m + n, 0), new(groups, m));
            RecordMove(tape, b, fromB, y, new(m + n, m), new(groups, n));
        }

        return y;
    }

    private void RecordMove(Tape tape, Tensor x, ColumnBlocks from, Tensor y, ColumnBlocks to, GroupSize groups) => tape.Record(() =>
    {
        if (tape.HasGrad(y))
        {
            ColumnsKernel.Move<Gather>(workers, tape.Grad(y), to, tape.Grad(x), from, groups);
        }
    });

    private static int GroupWidth(Tensor x, int groups)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (x.Cols % groups != 0)
        {
            throw new ArgumentException($"{x.Cols} columns are not {groups} equal groups.", nameof(groups));
        }

        return x.Cols / groups;
    }
}
