namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>y = a + b.  [rows, cols] twice → same</summary>
    public Tensor Add(Tensor a, Tensor b)
    {
        RequireSameShape(a, b);
        Tensor y = New(a.Rows, a.Cols);
        AddKernel.Forward(workers, a, b, y);
        if (tape is not null)
        {
            RecordAdd(tape, a, b, y);
        }

        return y;
    }

    private void RecordAdd(Tape tape, Tensor a, Tensor b, Tensor y) => tape.Record(() =>
    {
        if (tape.HasGrad(y))
        {
            Tensor dy = tape.Grad(y);
            AddKernel.Gather(workers, dy, tape.Grad(a));
            AddKernel.Gather(workers, dy, tape.Grad(b));
        }
    });

    private static void RequireSameShape(Tensor a, Tensor b)
    {
        if (a.Rows != b.Rows || a.Cols != b.Cols)
        {
            throw new ArgumentException($"Both sides need one shape, got [{a.Rows}, {a.Cols}] and [{b.Rows}, {b.Cols}].", nameof(b));
        }
    }
}
