namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>y[r] = x[r] + bias.  [rows, cols], [1, cols] → [rows, cols]</summary>
    public Tensor Bias(Tensor x, Weight bias)
    {
        if (bias.Out != 1 || bias.In != x.Cols)
        {
            throw new ArgumentException($"'{bias.Name}' is [{bias.Out}, {bias.In}], rows have {x.Cols} columns.", nameof(bias));
        }

        Tensor y = New(x.Rows, x.Cols);
        BiasKernel.Forward(workers, x, bias, y);
        if (tape is not null)
        {
            RecordBias(tape, x, bias, y);
        }

        return y;
    }

    private void RecordBias(Tape tape, Tensor x, Weight bias, Tensor y) => tape.Record(() =>
    {
        if (!tape.HasGrad(y))
        {
            return;
        }

        Tensor dy = tape.Grad(y);
        AddKernel.Gather(workers, dy, tape.Grad(x));
        if (bias.Trainable)
        {
            BiasKernel.Gather(workers, dy, bias);
        }
    });
}
