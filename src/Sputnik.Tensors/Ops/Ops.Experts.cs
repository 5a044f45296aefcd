namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// y[r] = Σ over the row's experts, in ascending expert number, of weight · Down(SwiGlu(Gate x, Up x)). Rows are gathered
    /// by expert and multiplied together; a row's bits do not depend on its companions. [rows, dim] → [rows, dim]
    /// </summary>
    public Tensor Experts(Tensor x, Routing routing, IReadOnlyList<Expert> experts) => throw new NotImplementedException();
}
