using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>The dense network of a block, and the shared experts of a mixture.</summary>
internal sealed class FeedForward(FeedForwardWeights<Weight> w)
{
    /// <summary>down(silu(gate x) · up x).  [rows, dim] → same</summary>
    public Tensor Forward(Ops op, Tensor x) =>
        op.Linear(op.SwiGlu(op.Linear(x, w.Gate), op.Linear(x, w.Up)), w.Down);
}
