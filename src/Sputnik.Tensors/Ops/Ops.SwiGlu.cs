namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>y = gate · σ(gate) · up.  [rows, cols] twice → same</summary>
    public Tensor SwiGlu(Tensor gate, Tensor up) => throw new NotImplementedException();
}
