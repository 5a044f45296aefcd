using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Latent attention, then a dense network or a mixture of experts; each after a norm and added to the residual stream.</summary>
internal sealed class DeepSeekV3Block(DeepSeekV3Config c, DeepSeekV3BlockWeights<Weight> w, RopeTable rope, int layer)
{
    private readonly LatentAttention _attention = new(c, w.Attention, rope, layer);
    private readonly FeedForward? _dense = w.Dense is null ? null : new(w.Dense);
    private readonly ExpertMixture? _mixture = w.Mixture is null ? null : new(c.Mixture, w.Mixture, layer);

    /// <summary>Null in a dense block.</summary>
    public Router? Router => _mixture?.Router;

    /// <summary>[rows, hidden] → same</summary>
    public Tensor Forward(Ops op, Tensor x, Batch batch, KvCache kv)
    {
        x = op.Add(x, _attention.Forward(op, op.RmsNorm(x, w.AttentionNorm, c.Epsilon), batch, kv));
        return op.Add(x, FeedForward(op, op.RmsNorm(x, w.FeedForwardNorm, c.Epsilon), batch));
    }

    private Tensor FeedForward(Ops op, Tensor h, Batch batch) => (_dense, _mixture) switch
    {
        ({ } dense, _) => dense.Forward(op, h),
        (_, { } mixture) => mixture.Forward(op, h, batch),
        _ => throw new InvalidOperationException($"Layer {layer} has no feed-forward network."),
    };
}
