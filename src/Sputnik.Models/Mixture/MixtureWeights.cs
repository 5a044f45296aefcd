namespace Sputnik.Models;

/// <summary>Names and sizes of a mixture layer.</summary>
internal sealed class MixtureWeights<T>
{
    public MixtureWeights(MixtureShape shape, string prefix, Func<WeightDeclaration, T> make)
    {
        Gate = make(new($"{prefix}.gate.weight", shape.Experts, shape.HiddenSize));
        if (shape.Biased)
        {
            Bias = make(new($"{prefix}.gate.e_score_correction_bias", 1, shape.Experts, WeightRole.SelectionBias));
        }

        Experts = new FeedForwardWeights<T>[shape.Experts];
        for (int expert = 0; expert < Experts.Length; expert++)
        {
            Experts[expert] = new($"{prefix}.experts.{expert}", shape.HiddenSize, shape.ExpertSize, make, routed: true);
        }

        if (shape.Shared > 0)
        {
            Shared = new($"{prefix}.shared_experts", shape.HiddenSize, shape.Shared * shape.ExpertSize, make);
        }
    }

    public T Gate { get; }

    public T? Bias { get; }

    public FeedForwardWeights<T>[] Experts { get; }

    public FeedForwardWeights<T>? Shared { get; }
}
