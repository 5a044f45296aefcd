namespace Sputnik.Models;

/// <summary>Names and sizes of one DeepSeek-V3 block; either the dense network or the mixture is there.</summary>
internal sealed class DeepSeekV3BlockWeights<T>(DeepSeekV3Config c, string prefix, bool dense, Func<WeightDeclaration, T> make)
{
    public T AttentionNorm { get; } = make(WeightDeclaration.Gain($"{prefix}.input_layernorm.weight", c.HiddenSize));

    public LatentAttentionWeights<T> Attention { get; } = new(c, $"{prefix}.self_attn", make);

    public T FeedForwardNorm { get; } = make(WeightDeclaration.Gain($"{prefix}.post_attention_layernorm.weight", c.HiddenSize));

    public FeedForwardWeights<T>? Dense { get; } = dense ? new($"{prefix}.mlp", c.HiddenSize, c.FeedForwardSize, make) : null;

    public MixtureWeights<T>? Mixture { get; } = dense ? null : new(c.Mixture, $"{prefix}.mlp", make);
}
