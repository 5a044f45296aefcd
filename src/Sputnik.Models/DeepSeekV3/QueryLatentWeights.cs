namespace Sputnik.Models;

/// <summary>Queries by way of a latent: down, norm, up.</summary>
internal sealed class QueryLatentWeights<T>(DeepSeekV3Config c, int latent, string prefix, Func<WeightDeclaration, T> make)
{
    public T Down { get; } = make(new($"{prefix}.q_a_proj.weight", latent, c.HiddenSize));

    public T Norm { get; } = make(WeightDeclaration.Gain($"{prefix}.q_a_layernorm.weight", latent));

    public T Up { get; } = make(new($"{prefix}.q_b_proj.weight", c.Heads * c.QuerySize, latent));
}
