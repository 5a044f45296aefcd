namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// y = (x / √(mean(x²) + epsilon)) · gain over each group of gain.In columns: whole rows, or every head by itself.
    /// [rows, groups · In] → same
    /// </summary>
    public Tensor RmsNorm(Tensor x, Weight gain, float epsilon)
    {
        if (gain.Out != 1 || x.Cols % gain.In != 0)
        {
            throw new ArgumentException($"'{gain.Name}' [{gain.Out}, {gain.In}] must be one row that divides {x.Cols} columns.", nameof(gain));
        }

        Tensor y = New(x.Rows, x.Cols);
        RmsNormKernel.Forward(workers, x, gain, epsilon, y);
        if (tape is not null)
        {
            RecordRmsNorm(tape, x, gain, epsilon, y);
        }

        return y;
    }

    private void RecordRmsNorm(Tape tape, Tensor x, Weight gain, float epsilon, Tensor y) => tape.Record(() =>
    {
        if (tape.HasGrad(y))
        {
            UndoRmsNorm(x, gain, epsilon, tape.Grad(y), tape.Grad(x));
        }
    });

    private unsafe void UndoRmsNorm(Tensor x, Weight gain, float epsilon, Tensor dy, Tensor dx)
    {
        ArenaMark mark = arena.Mark();
        float* scales = arena.Floats(x.Count / gain.In);
        RmsNormGradient.Input(workers, x, gain, epsilon, dy, dx, scales);
        if (gain.Trainable)
        {
            RmsNormGradient.Gain(workers, x, scales, dy, gain);
        }

        arena.Release(mark);
    }
}
