namespace Sputnik.Models;

/// <summary>A SwiGLU network: down(silu(gate x) · up x). <typeparamref name="T"/> is a declaration or a weight.</summary>
internal sealed class FeedForwardWeights<T>(string prefix, int dim, int hidden, Func<WeightDeclaration, T> make, bool routed = false)
{
    public T Gate { get; } = make(new($"{prefix}.gate_proj.weight", hidden, dim, WeightRole.Matrix, routed));

    public T Up { get; } = make(new($"{prefix}.up_proj.weight", hidden, dim, WeightRole.Matrix, routed));

    public T Down { get; } = make(new($"{prefix}.down_proj.weight", dim, hidden, WeightRole.ResidualOutput, routed));
}
