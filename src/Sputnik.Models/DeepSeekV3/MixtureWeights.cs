namespace Sputnik.Models;

/// <summary>Names and sizes of a mixture layer.</summary>
internal sealed class MixtureWeights<T>
{
    public MixtureWeights(DeepSeekV3Config c, string prefix, Func<WeightDeclaration, T> make)
    {
        Gate = make(new($"{prefix}.gate.weight", c.RoutedExperts, c.HiddenSize));
        if (c.Choice == ExpertChoice.BiasBalanced)
        {
            Bias = make(new($"{prefix}.gate.e_score_correction_bias", 1, c.RoutedExperts, WeightRole.SelectionBias));
        }

        Experts = new FeedForwardWeights<T>[c.RoutedExperts];
        for (int expert = 0; expert < Experts.Length; expert++)
        {
            Experts[expert] = new($"{prefix}.experts.{expert}", c.HiddenSize, c.ExpertSize, make, routed: true);
        }

        if (c.SharedExperts > 0)
        {
            Shared = new($"{prefix}.shared_experts", c.HiddenSize, c.SharedExperts * c.ExpertSize, make);
        }
    }

    public T Gate { get; }

    public T? Bias { get; }

    public FeedForwardWeights<T>[] Experts { get; }

    public FeedForwardWeights<T>? Shared { get; }
}
