using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>How a machine's memory is divided among the engines of one server.</summary>
internal static class MemoryShares
{
    /// <summary>A plan for each model: what is free is dealt evenly, and an engine takes of its part what it would take of the whole alone.</summary>
    /// <param name="models">Each with what clients call it.</param>
    /// <param name="options">Those of every engine.</param>
    /// <param name="freeBytes">Memory that is free.</param>
    /// <param name="allBytes">Memory that this process may have at all.</param>
    /// <exception cref="ArgumentException">A model reads less than is asked for, or several do not fit beside one another.</exception>
    public static IReadOnlyList<EnginePlan> Of(IReadOnlyList<(string Name, ILanguageModel Model)> models, EngineOptions options, long freeBytes, long allBytes)
    {
        List<EnginePlan> plans = [];
        foreach ((string name, ILanguageModel model) in models)
        {
            if (options.ContextTokens > model.MaxLength)
            {
                throw new ArgumentException($"'{name}' reads {model.MaxLength} tokens, --context {options.ContextTokens} asks for more: take {model.MaxLength} or less.");
            }

            plans.Add(EnginePlan.Of(model, options, freeBytes / models.Count));
            long taken = plans.Sum(plan => plan.TotalBytes);

            // One alone is let in whatever it weighs: its weights are mapped, and read from the disk where they do not fit.
            if (models.Count > 1 && taken > allBytes)
            {
                throw new ArgumentException($"'{name}' does not fit beside what comes before it: they take {Quantity.Scaled(taken)}B in all, and there are {Quantity.Scaled(allBytes)}B. " +
                    "Leave a model out, or ask for less: --context, --parallel, --kv.");
            }
        }

        return plans;
    }
}
