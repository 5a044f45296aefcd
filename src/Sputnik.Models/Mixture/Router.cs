using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// The load of one mixture layer and the bias that evens it out without a gradient. Source: DeepSeek-V3 §2.1.2,
/// "auxiliary-loss-free load balancing".
/// </summary>
public sealed class Router
{
    private readonly long[] _loads;

    internal Router(int layer, int experts, Weight? bias)
    {
        Layer = layer;
        Bias = bias;
        _loads = new long[experts];
    }

    /// <summary>Layer of the model it belongs to.</summary>
    public int Layer { get; }

    /// <summary>Added to affinities for the choice only. [1, experts]; null where the gate has none.</summary>
    public Weight? Bias { get; }

    /// <summary>Rows sent to each expert by recorded passes since the last update. [experts]</summary>
    public ReadOnlySpan<long> Loads => _loads;

    /// <summary>Balance loss of the recorded passes since the last update, summed: for the log.</summary>
    public float BalanceLoss { get; private set; }

    /// <summary>Largest load over the mean load; 1 is even, 0 before anything was counted.</summary>
    public float Imbalance => _loads.Sum() == 0 ? 0 : (float)(_loads.Max() / _loads.Average());

    /// <summary>Lowers the bias of experts above the mean load by <paramref name="gamma"/>, raises it below, and counts anew. V3: 0.001.</summary>
    public void UpdateBias(float gamma)
    {
        if (!(gamma >= 0) || !float.IsFinite(gamma))
        {
            throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "A bias step is a finite number, at least 0.");
        }

        if (Bias is null)
        {
            throw new InvalidOperationException($"The gate of layer {Layer} has no selection bias.");
        }

        long total = _loads.Sum();
        Span<float> bias = Bias.Values;
        for (int expert = 0; expert < _loads.Length; expert++)
        {
            // In integers: load against total / experts without a division.
            bias[expert] -= gamma * Math.Sign((_loads[expert] * _loads.Length) - total);
        }

        Bias.Touch();
        ResetLoads();
    }

    /// <summary>Counts anew without moving the bias.</summary>
    public void ResetLoads()
    {
        Array.Clear(_loads);
        BalanceLoss = 0;
    }

    internal void Observe(Routing routing, float balanceLoss)
    {
        BalanceLoss += balanceLoss;
        for (int row = 0; row < routing.Weights.Rows; row++)
        {
            foreach (int expert in routing.Experts(row))
            {
                _loads[expert]++;
            }
        }
    }
}
