namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>y = a + b.  [rows, cols] twice → same</summary>
    public Tensor Add(Tensor a, Tensor b) => throw new NotImplementedException();
}
