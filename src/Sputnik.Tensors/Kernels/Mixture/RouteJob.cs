namespace Sputnik.Tensors;

/// <summary>Routes a range of rows.</summary>
internal readonly unsafe struct RouteJob(Tensor logits, float* bias, RouteShape shape, Routing routing) : IRangeJob
{
    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        RouteKernel.Affinities(logits.RowAt(start), routing.Affinities.RowAt(start), end - start, shape);
        for (int row = start; row < end; row++)
        {
            int* chosen = routing.ExpertData + ((long)row * shape.TopK);
            RouteKernel.Choose(routing.Affinities.RowAt(row), bias, shape, chosen);
            RouteKernel.Weigh(routing.Affinities.RowAt(row), chosen, shape, routing.Weights.RowAt(row));
        }
    }
}
