namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// The sequence-wise balance loss α Σᵢ fᵢ Pᵢ, averaged over the sequences of the batch (DeepSeek-V3 §2.1.2, eq. 17-20).
    /// Adds its gradient to the affinities when the tape runs back; the value is for the log.
    /// </summary>
    public float BalanceLoss(Routing routing, Batch batch, float alpha) => throw new NotImplementedException();
}
