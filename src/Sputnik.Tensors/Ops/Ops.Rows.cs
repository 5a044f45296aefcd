namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>y[i] = x[rows[i]], for the rows whose log-probability is asked.  [n, cols] → [rows.Length, cols]</summary>
    public Tensor Rows(Tensor x, int[] rows) => throw new NotImplementedException();
}
