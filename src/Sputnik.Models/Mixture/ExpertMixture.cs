using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// Experts every token meets, if any, plus those its gate chooses. In DeepSeekMoE balanced by a bias on the choice and a
/// small sequence-wise loss. Source: DeepSeek-V3 §2.1.2, eq. 12-20.
/// </summary>
internal sealed class ExpertMixture(MixtureShape shape, MixtureWeights<Weight> w, int layer)
{
    private readonly Expert[] _experts = [.. w.Experts.Select(e => new Expert(e.Gate, e.Up, e.Down))];
    private readonly FeedForward? _shared = w.Shared is null ? null : new(w.Shared);

    public Router Router { get; } = new(layer, shape.Experts, w.Bias);

    /// <summary>[rows, hidden] → same</summary>
    public Tensor Forward(Ops op, Tensor x, Batch batch)
    {
        Routing routing = op.Route(op.Linear(x, w.Gate), w.Bias, shape.Routing);
        if (op.Tape is not null)
        {
            // A recomputed block records once, on the way back, so nothing is counted twice.
            Router.Observe(routing, shape.BalanceLoss > 0 ? op.BalanceLoss(routing, batch, shape.BalanceLoss) : 0);
        }

        Tensor y = op.Experts(x, routing, _experts);
        return _shared is null ? y : op.Add(y, _shared.Forward(op, x));
    }
}
