namespace Sputnik.Models;

/// <summary>Names and sizes of one block; what a family does not have is null.</summary>
internal sealed class GroupedBlockWeights<T>(GroupedShape c, string prefix, bool mixture, Func<WeightDeclaration, T> make)
{
    public T AttentionNorm { get; } = make(WeightDeclaration.Gain($"{prefix}.input_layernorm.weight", c.HiddenSize));

    public T Q { get; } = make(new($"{prefix}.self_attn.q_proj.weight", c.Heads * c.HeadSize, c.HiddenSize));

    public T K { get; } = make(new($"{prefix}.self_attn.k_proj.weight", c.KvHeads * c.HeadSize, c.HiddenSize));

    public T V { get; } = make(new($"{prefix}.self_attn.v_proj.weight", c.KvHeads * c.HeadSize, c.HiddenSize));

    public GroupedBiases<T>? Biases { get; } = c.Biased ? new(c, $"{prefix}.self_attn", make) : null;

    public GroupedNorms<T>? Norms { get; } = c.Normed ? new(c, $"{prefix}.self_attn", make) : null;

    public T Output { get; } = make(new($"{prefix}.self_attn.o_proj.weight", c.HiddenSize, c.Heads * c.HeadSize, WeightRole.ResidualOutput));

    public T FeedForwardNorm { get; } = make(WeightDeclaration.Gain($"{prefix}.post_attention_layernorm.weight", c.HiddenSize));

    public FeedForwardWeights<T>? Dense { get; } = mixture ? null : new($"{prefix}.mlp", c.HiddenSize, c.FeedForwardSize, make);

    public MixtureWeights<T>? Mixture { get; } = mixture && c.Mixture is { } shape ? new(shape, $"{prefix}.mlp", make) : null;
}
