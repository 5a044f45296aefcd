using Sputnik.Models;

namespace Sputnik.Training;

/// <summary>Copies of a policy: the reference it stays near.</summary>
internal static class ModelCopy
{
    /// <summary>A model of the same shape with the same weights.</summary>
    public static ILanguageModel Of(ILanguageModel model)
    {
        ILanguageModel copy = model switch
        {
            DeepSeekV3Model deepSeek => new DeepSeekV3Model(deepSeek.Config),
            GroupedModel grouped => new GroupedModel(grouped.Config),
            _ => throw new NotSupportedException($"A model of family '{model.Architecture}' cannot be copied yet."),
        };
        Into(copy, model);
        return copy;
    }

    /// <summary>Overwrites the weights of <paramref name="copy"/>.</summary>
    public static void Into(ILanguageModel copy, ILanguageModel model)
    {
        for (int i = 0; i < model.Weights.Count; i++)
        {
            model.Weights[i].Values.CopyTo(copy.Weights[i].Values);
            copy.Weights[i].Touch();
        }
    }
}
