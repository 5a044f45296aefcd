namespace Sputnik.Models;

/// <summary>Names and sizes of the norms of every query and key head: Qwen3.</summary>
internal sealed class GroupedNorms<T>(GroupedShape c, string prefix, Func<WeightDeclaration, T> make)
{
    public T Q { get; } = make(WeightDeclaration.Gain($"{prefix}.q_norm.weight", c.HeadSize));

    public T K { get; } = make(WeightDeclaration.Gain($"{prefix}.k_norm.weight", c.HeadSize));
}
