namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>y[r] = W · x[r].  [rows, In] → [rows, Out]</summary>
    public Tensor Linear(Tensor x, Weight w)
    {
        if (x.Cols != w.In)
        {
            throw new ArgumentException($"'{w.Name}' takes {w.In} columns, got {x.Cols}.", nameof(x));
        }

        Tensor y = New(x.Rows, w.Out);
        MatMul.Forward(workers, x, w, y);
        if (tape is not null)
        {
            RecordLinear(tape, x, w, y);
        }

        return y;
    }

    // Its own method: a lambda in Linear would allocate its closure at inference too.
    private void RecordLinear(Tape tape, Tensor x, Weight w, Tensor y) => tape.Record(() =>
    {
        if (!tape.HasGrad(y))
        {
            return;
        }

        Tensor dy = tape.Grad(y);
        MatMul.InputGradient(workers, dy, w, tape.Grad(x));
        if (w.Trainable)
        {
            MatMul.WeightGradient(workers, dy, x, w);
        }
    });
}
