using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// Multi-head latent attention: keys and values of all heads are unfolded from one small latent, and only one key of
/// RopeSize columns, shared by the heads, rotates. Source: DeepSeek-V3 §2.1.1, eq. 1-11; the absorbed form is DeepSeek-V2
/// (arXiv 2405.04434) §2.1.2.
/// </summary>
internal sealed class LatentAttention(DeepSeekV3Config c, LatentAttentionWeights<Weight> w, RopeTable rope, int layer)
{
    /// <summary>[rows, hidden] → same</summary>
    public Tensor Forward(Ops op, Tensor x, Batch batch, KvCache kv)
    {
        Tensor q = op.Rope(Query(op, x), batch, rope, c.QuerySize, start: c.NopeSize);
        Tensor down = op.Linear(x, w.KvDown);
        Tensor latent = op.RmsNorm(op.Slice(down, 1, 0, c.KvLatent), w.KvNorm, c.Epsilon);
        Tensor turned = op.Rope(op.Slice(down, 1, c.KvLatent, c.RopeSize), batch, rope, c.RopeSize);
        Tensor heads = c.AttentionForm == AttentionForm.Expanded
            ? Expanded(op, q, latent, turned, batch, kv)
            : Absorbed(op, q, latent, turned, batch, kv);
        return op.Linear(heads, w.Output);
    }

    private Tensor Query(Ops op, Tensor x) => w switch
    {
        { QueryLatent: { } l } => op.Linear(op.RmsNorm(op.Linear(x, l.Down), l.Norm, c.Epsilon), l.Up),
        { Query: { } direct } => op.Linear(x, direct),
        _ => throw new InvalidOperationException("Latent attention has no query projection."),
    };

    private Tensor Expanded(Ops op, Tensor q, Tensor latent, Tensor turned, Batch batch, KvCache kv)
    {
        Tensor both = op.Linear(latent, w.KvUp);
        Tensor k = op.Join(op.Slice(both, c.Heads, 0, c.NopeSize), turned, c.Heads, shared: true);
        Tensor v = op.Slice(both, c.Heads, c.NopeSize, c.ValueSize);
        return op.Attention(q, k, v, batch, kv, layer, c.Heads, c.AttentionScale);
    }

    // qᵀ (W latent) = (Wᵀ q)ᵀ latent, and Σ p (W latent) = W Σ p latent: the latent is key and value of every head.
    private Tensor Absorbed(Ops op, Tensor q, Tensor latent, Tensor turned, Batch batch, KvCache kv)
    {
        Tensor still = op.HeadProjectTransposed(op.Slice(q, c.Heads, 0, c.NopeSize), w.KvUp, c.Heads, 0, c.NopeSize);
        Tensor folded = op.Join(still, op.Slice(q, c.Heads, c.NopeSize, c.RopeSize), c.Heads);
        Tensor mixed = op.Attention(folded, op.Join(latent, turned, 1), latent, batch, kv, layer, c.Heads, c.AttentionScale);
        return op.HeadProject(mixed, w.KvUp, c.Heads, c.NopeSize, c.ValueSize);
    }
}
