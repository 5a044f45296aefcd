namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>y = gate · σ(gate) · up.  [rows, cols] twice → same</summary>
    public Tensor SwiGlu(Tensor gate, Tensor up)
    {
        RequireSameShape(gate, up);
        Tensor y = New(gate.Rows, gate.Cols);
        SwiGluKernel.Forward(workers, gate, up, y);
        if (tape is not null)
        {
            RecordSwiGlu(tape, gate, up, y);
        }

        return y;
    }

    private void RecordSwiGlu(Tape tape, Tensor gate, Tensor up, Tensor y) => tape.Record(() =>
    {
        if (tape.HasGrad(y))
        {
            SwiGluKernel.Backward(workers, gate, up, tape.Grad(y), tape.Grad(gate), tape.Grad(up));
        }
    });
}
