using Sputnik.Tensors;

namespace Sputnik.Training;

/// <summary>Which optimizer steps which weight.</summary>
public static class ParameterGroups
{
    /// <summary>
    /// Whether a weight is a hidden matrix, for Muon: projections and experts. Embedding, head, router gate and gains are not:
    /// their rows are looked up or compared one by one, so their directions should not count alike (Jordan et al. 2024).
    /// </summary>
    public static bool IsHiddenMatrix(Weight weight) =>
        weight.Out > 1
        && weight.In > 1
        && !weight.Name.EndsWith("embed_tokens.weight", StringComparison.Ordinal)
        && !weight.Name.EndsWith("lm_head.weight", StringComparison.Ordinal)
        && !weight.Name.EndsWith(".mlp.gate.weight", StringComparison.Ordinal);
}
