namespace Sputnik.Models;

/// <summary>Names and sizes of what is added to queries, keys and values: Qwen2.</summary>
internal sealed class GroupedBiases<T>(GroupedShape c, string prefix, Func<WeightDeclaration, T> make)
{
    public T Q { get; } = make(new($"{prefix}.q_proj.bias", 1, c.Heads * c.HeadSize, WeightRole.Bias));

    public T K { get; } = make(new($"{prefix}.k_proj.bias", 1, c.KvHeads * c.HeadSize, WeightRole.Bias));

    public T V { get; } = make(new($"{prefix}.v_proj.bias", 1, c.KvHeads * c.HeadSize, WeightRole.Bias));
}
