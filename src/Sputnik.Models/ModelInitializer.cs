using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Where training starts from.</summary>
public static class ModelInitializer
{
    /// <summary>
    /// Matrices, embedding and head N(0, 1 / fan-in), so that rows keep unit variance; residual outputs divided by
    /// √(2 · layers), because that many are added up (Radford et al., GPT-2, §2.3); gains 1; biases 0. Each
    /// weight draws from the stream of its own name, so order and number of the others do not matter.
    /// </summary>
    public static void Initialize(ILanguageModel model, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        float residual = 1 / MathF.Sqrt(2 * model.KvShape.Layers);
        for (int i = 0; i < model.Weights.Count; i++)
        {
            Weight weight = model.Weights[i];
            switch (model.Declarations[i].Role)
            {
                case WeightRole.Gain:
                    weight.Values.Fill(1);
                    break;
                case WeightRole.Bias:
                case WeightRole.SelectionBias:
                    weight.Values.Clear();
                    break;
                case WeightRole.ResidualOutput:
                    Normal(weight, seed, residual);
                    break;
                default:
                    Normal(weight, seed, 1);
                    break;
            }

            weight.Touch();
        }
    }

    private static void Normal(Weight weight, ulong seed, float factor)
    {
        float deviation = factor / MathF.Sqrt(weight.In);
        CounterRandom random = new(seed, weight.Name);
        foreach (ref float value in weight.Values)
        {
            value = deviation * random.NextNormal();
        }
    }
}
