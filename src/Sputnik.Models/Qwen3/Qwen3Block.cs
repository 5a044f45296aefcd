using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// Grouped-query attention with a norm on every query and key head, then SwiGLU; each after a norm and added to the
/// residual stream. Source: Qwen3 technical report (arXiv 2505.09388) §2.
/// </summary>
internal sealed class Qwen3Block(Qwen3Config c, Qwen3BlockWeights<Weight> w, RopeTable rope, int layer)
{
    private readonly FeedForward _feedForward = new(w.FeedForward);
    private readonly float _scale = 1 / MathF.Sqrt(c.HeadSize);

    /// <summary>[rows, hidden] → same</summary>
    public Tensor Forward(Ops op, Tensor x, Batch batch, KvCache kv)
    {
        Tensor h = op.RmsNorm(x, w.AttentionNorm, c.Epsilon);
        Tensor q = op.Rope(op.RmsNorm(op.Linear(h, w.Q), w.QNorm, c.Epsilon), batch, rope, c.HeadSize);
        Tensor k = op.Rope(op.RmsNorm(op.Linear(h, w.K), w.KNorm, c.Epsilon), batch, rope, c.HeadSize);
        Tensor v = op.Linear(h, w.V);
        x = op.Add(x, op.Linear(op.Attention(q, k, v, batch, kv, layer, c.Heads, _scale), w.Output));

        h = op.RmsNorm(x, w.FeedForwardNorm, c.Epsilon);
        return op.Add(x, _feedForward.Forward(op, h));
    }
}
