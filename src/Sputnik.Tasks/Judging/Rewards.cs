namespace Sputnik.Tasks;

/// <summary>The components of one response's reward, each in [0, 1]; null where a component does not apply.</summary>
/// <param name="Accuracy">The verdict's score.</param>
/// <param name="Format">1 for the asked form.</param>
/// <param name="Language">Share of words in the prompt's language; null for a response without words.</param>
public readonly record struct Rewards(double? Accuracy, double? Format, double? Language)
{
    /// <summary>The components of a response that was judged. The prompts of all families are English.</summary>
    public static Rewards Of(Verdict verdict, string response) =>
        new(verdict.Score, verdict.WellFormed ? 1 : 0, LanguageConsistency.Share(response, Sputnik.Tasks.Language.English));

    /// <summary>The weighted sum; a component that does not apply adds nothing.</summary>
    public double Total(RewardWeights weights) =>
        (weights.Accuracy * (Accuracy ?? 0)) + (weights.Format * (Format ?? 0)) + (weights.Language * (Language ?? 0));
}
