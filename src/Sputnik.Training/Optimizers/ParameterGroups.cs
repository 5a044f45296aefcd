using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Training;

/// <summary>Which optimizer steps which weight.</summary>
/// <param name="All">Everything that learns by gradient, in the model's order.</param>
/// <param name="Hidden">The hidden matrices among them, for Muon.</param>
public sealed record ParameterGroups(IReadOnlyList<Weight> All, IReadOnlyList<Weight> Hidden)
{
    /// <summary>
    /// The groups of a model. Projections and experts are hidden matrices. Embedding, head, router gates and gains are not:
    /// their rows are looked up or compared one by one, so their directions should not count alike (Jordan et al. 2024).
    /// </summary>
    public static ParameterGroups Of(ILanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        List<Weight> all = [], hidden = [];
        for (int i = 0; i < model.Weights.Count; i++)
        {
            WeightDeclaration declaration = model.Declarations[i];
            if (declaration.LearnsByGradient)
            {
                all.Add(model.Weights[i]);
            }

            if (declaration.Role is WeightRole.Matrix or WeightRole.ResidualOutput
                && !declaration.Name.EndsWith(".gate.weight", StringComparison.Ordinal))
            {
                hidden.Add(model.Weights[i]);
            }
        }

        return new(all, hidden);
    }
}
