namespace Sputnik.Models;

/// <summary>Names and sizes of multi-head latent attention; queries come either by way of a latent or directly.</summary>
internal sealed class LatentAttentionWeights<T>
{
    public LatentAttentionWeights(DeepSeekV3Config c, string prefix, Func<WeightDeclaration, T> make)
    {
        if (c.QueryLatent is int latent)
        {
            QueryLatent = new(c, latent, prefix, make);
        }
        else
        {
            Query = make(new($"{prefix}.q_proj.weight", c.Heads * c.QuerySize, c.HiddenSize));
        }

        KvDown = make(new($"{prefix}.kv_a_proj_with_mqa.weight", c.KvLatent + c.RopeSize, c.HiddenSize));
        KvNorm = make(WeightDeclaration.Gain($"{prefix}.kv_a_layernorm.weight", c.KvLatent));
        KvUp = make(new($"{prefix}.kv_b_proj.weight", c.Heads * (c.NopeSize + c.ValueSize), c.KvLatent));
        Output = make(new($"{prefix}.o_proj.weight", c.HiddenSize, c.Heads * c.ValueSize, WeightRole.ResidualOutput));
    }

    public QueryLatentWeights<T>? QueryLatent { get; }

    public T? Query { get; }

    /// <summary>To the latent and, in the last columns, the rotating key that all heads share.</summary>
    public T KvDown { get; }

    public T KvNorm { get; }

    /// <summary>Head by head: rows of the key's still part, then rows of the value.</summary>
    public T KvUp { get; }

    public T Output { get; }
}
