using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Weights laid out before the first token asks for them.</summary>
public static class ModelLayout
{
    /// <summary>
    /// Lays out the coded weights that every token meets. Routed experts wait until one is chosen: of a large mixture a
    /// conversation may never meet them all.
    /// </summary>
    public static void LayOut(this ILanguageModel model, Workers workers)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(workers);
        foreach ((Weight weight, WeightDeclaration declaration) in model.Weights.Zip(model.Declarations))
        {
            bool multiplies = declaration.Role is WeightRole.Matrix or WeightRole.ResidualOutput or WeightRole.Head;
            if ((multiplies && !declaration.Routed) || weight == model.Head)
            {
                weight.LayOut(workers);
            }
        }
    }
}
