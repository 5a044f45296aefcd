using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// Grouped-query attention, then a SwiGLU network or a mixture of them; each after a norm and added to the residual stream.
/// Sources: Llama (arXiv 2302.13971) §2.2; Qwen2 (arXiv 2407.10671) §2.2 adds biases; Qwen3 (arXiv 2505.09388) §2 has
/// norms of query and key heads instead.
/// </summary>
internal sealed class GroupedBlock(GroupedShape c, GroupedBlockWeights<Weight> w, RopeTable rope, int layer)
{
    private readonly FeedForward? _dense = w.Dense is null ? null : new(w.Dense);
    private readonly ExpertMixture? _mixture = w.Mixture is null || c.Mixture is null ? null : new(c.Mixture, w.Mixture, layer);
    private readonly int? _window = c.Window(layer);
    private readonly float _scale = 1 / MathF.Sqrt(c.HeadSize);

    /// <summary>Null in a dense block.</summary>
    public Router? Router => _mixture?.Router;

    /// <summary>[rows, hidden] → same</summary>
    public Tensor Forward(Ops op, Tensor x, Batch batch, KvCache kv)
    {
        Tensor h = op.RmsNorm(x, w.AttentionNorm, c.Epsilon);
        Tensor q = op.Rope(Norm(op, Project(op, h, w.Q, w.Biases?.Q), w.Norms?.Q), batch, rope, c.HeadSize);
        Tensor k = op.Rope(Norm(op, Project(op, h, w.K, w.Biases?.K), w.Norms?.K), batch, rope, c.HeadSize);
        Tensor v = Project(op, h, w.V, w.Biases?.V);
        x = op.Add(x, op.Linear(op.Attention(q, k, v, batch, kv, layer, c.Heads, _scale, _window), w.Output));
        return op.Add(x, FeedForward(op, op.RmsNorm(x, w.FeedForwardNorm, c.Epsilon), batch));
    }

    private Tensor FeedForward(Ops op, Tensor h, Batch batch) => (_dense, _mixture) switch
    {
        ({ } dense, _) => dense.Forward(op, h),
        (_, { } mixture) => mixture.Forward(op, h, batch),
        _ => throw new InvalidOperationException($"Layer {layer} has no feed-forward network."),
    };

    private static Tensor Project(Ops op, Tensor h, Weight weight, Weight? bias) =>
        bias is null ? op.Linear(h, weight) : op.Bias(op.Linear(h, weight), bias);

    private Tensor Norm(Ops op, Tensor heads, Weight? gain) => gain is null ? heads : op.RmsNorm(heads, gain, c.Epsilon);
}
