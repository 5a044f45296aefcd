namespace Sputnik.Tensors;

/// <summary>Carries a range of rows back from weights and affinities to logits; no weights' gradient is a null.</summary>
internal readonly unsafe struct RouteGradientJob(Routing routing, RouteShape shape, float* dWeights, Tensor dAffinities, Tensor dLogits)
    : IRangeJob
{
    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            float* s = routing.Affinities.RowAt(row);
            float* ds = dAffinities.RowAt(row);
            long first = (long)row * shape.TopK;
            if (dWeights != null)
            {
                RouteKernel.WeighBackward(s, routing.ExpertData + first, dWeights + first, shape, ds);
            }

            RouteKernel.AffinitiesBackward(s, ds, shape, dLogits.RowAt(row));
        }
    }
}
