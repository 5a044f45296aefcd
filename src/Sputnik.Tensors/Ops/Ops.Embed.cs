namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>y[r] = table[token of row r].  [vocabulary, dim] → [rows, dim]</summary>
    public Tensor Embed(Weight table, Batch batch) => throw new NotImplementedException();
}
