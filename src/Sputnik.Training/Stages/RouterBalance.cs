using Sputnik.Models;

namespace Sputnik.Training;

/// <summary>What a step does to the routers of a mixture of experts.</summary>
internal static class RouterBalance
{
    /// <summary>Moves the selection biases against the loads of the step, counts anew, and returns the largest imbalance there was.</summary>
    public static float Update(ILanguageModel model, float biasStep)
    {
        float worst = 0;
        foreach (Router router in model.Routers)
        {
            worst = Math.Max(worst, router.Imbalance);
            if (biasStep > 0 && router.Bias is not null)
            {
                router.UpdateBias(biasStep);
            }
            else
            {
                router.ResetLoads();
            }
        }

        return worst;
    }
}
