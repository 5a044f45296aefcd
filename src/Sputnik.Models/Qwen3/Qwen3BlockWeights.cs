namespace Sputnik.Models;

/// <summary>Names and sizes of one Qwen3 block.</summary>
internal sealed class Qwen3BlockWeights<T>(Qwen3Config c, string prefix, Func<WeightDeclaration, T> make)
{
    public T AttentionNorm { get; } = make(WeightDeclaration.Gain($"{prefix}.input_layernorm.weight", c.HiddenSize));

    public T Q { get; } = make(new($"{prefix}.self_attn.q_proj.weight", c.Heads * c.HeadSize, c.HiddenSize));

    public T K { get; } = make(new($"{prefix}.self_attn.k_proj.weight", c.KvHeads * c.HeadSize, c.HiddenSize));

    public T V { get; } = make(new($"{prefix}.self_attn.v_proj.weight", c.KvHeads * c.HeadSize, c.HiddenSize));

    public T QNorm { get; } = make(WeightDeclaration.Gain($"{prefix}.self_attn.q_norm.weight", c.HeadSize));

    public T KNorm { get; } = make(WeightDeclaration.Gain($"{prefix}.self_attn.k_norm.weight", c.HeadSize));

    public T Output { get; } = make(new($"{prefix}.self_attn.o_proj.weight", c.HiddenSize, c.Heads * c.HeadSize, WeightRole.ResidualOutput));

    public T FeedForwardNorm { get; } = make(WeightDeclaration.Gain($"{prefix}.post_attention_layernorm.weight", c.HiddenSize));

    public FeedForwardWeights<T> FeedForward { get; } = new($"{prefix}.mlp", c.HiddenSize, c.FeedForwardSize, make);
}
