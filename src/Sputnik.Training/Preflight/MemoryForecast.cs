using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Training;

/// <summary>How much memory training will take, from the sizes alone: an upper estimate, in bytes.</summary>
/// <param name="Weights">Values, gradients, optimizer state and the kernels' own layouts.</param>
/// <param name="Cache">Keys and values of a micro-batch.</param>
/// <param name="Activations">What the tape keeps of a micro-batch, with its gradients.</param>
/// <param name="Reference">The frozen reference policy; 0 without one.</param>
public sealed record MemoryForecast(long Weights, long Cache, long Activations, long Reference)
{
    // Values, gradient, two moments, and a packed copy for each direction of the product.
    private const int CopiesTrained = 6;

    // Values and the packed copy of the forward product.
    private const int CopiesFrozen = 2;

    /// <summary>All of it.</summary>
    public long Total => Weights + Cache + Activations + Reference;

    /// <summary>The forecast for a model and micro-batches of <paramref name="rows"/> rows.</summary>
    public static MemoryForecast Of(ILanguageModel model, int rows, bool reference)
    {
        long parameters = model.Parameters * sizeof(float);
        long pages = (rows / KvCache.PageKeys) + (rows / 32) + 1;

        // Every matrix leaves its output and its normed input with the gradients of both; an expert does so for its share of the rows.
        double routed = model.Declarations.Where(d => d.Routed).Sum(d => (double)d.Count);
        double share = routed == 0 ? 0 : (model.ActiveParameters - (model.Parameters - routed)) / routed;
        double floats = model.Declarations
            .Where(d => d.Role is WeightRole.Matrix or WeightRole.ResidualOutput)
            .Sum(d => 4.0 * (d.Out + d.In) * (d.Routed ? share : 1));
        return new(
            CopiesTrained * parameters,
            pages * model.KvShape.PageBytes,
            (long)(floats * rows * sizeof(float)),
            reference ? CopiesFrozen * parameters : 0);
    }
}
