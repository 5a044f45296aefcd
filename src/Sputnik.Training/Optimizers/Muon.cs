using Sputnik.Tensors;

namespace Sputnik.Training;

/// <summary>
/// Muon over a list of matrices: Nesterov momentum, then a step in which every direction counts alike. Source: Jordan et al.,
/// "Muon: an optimizer for hidden layers in neural networks", 2024. The formula stands at <see cref="MuonStep"/>.
/// </summary>
public sealed class Muon : IDisposable
{
    private readonly MuonConfig _config;
    private readonly Weight[] _momenta;
    private readonly MuonStep _step;

    /// <summary>Momenta of zeros for <paramref name="weights"/>.</summary>
    public Muon(Workers workers, IReadOnlyList<Weight> weights, MuonConfig config)
    {
        _config = config.Validate();
        _momenta = [.. weights.Select(w => new Weight($"{w.Name}.muon.momentum", w.Out, w.In))];
        _step = new(workers, weights, _momenta);
    }

    /// <summary>The momenta, to be stored and restored by name.</summary>
    public IEnumerable<Weight> State => _momenta;

    /// <summary>Updates every weight from its gradient.</summary>
    /// <param name="rateFactor">Multiplies the learning rate: what the schedule says.</param>
    /// <param name="gradientScale">Multiplies the gradients: what clipping says.</param>
    public void Step(float rateFactor, float gradientScale)
    {
        float rate = _config.LearningRate * rateFactor;
        _step.Apply(new()
        {
            GradientScale = gradientScale,
            Momentum = _config.Momentum,
            LearningRate = rate,
            Keep = 1 - (rate * _config.WeightDecay),
        });
    }

    /// <summary>Frees the momenta.</summary>
    public void Dispose()
    {
        _step.Dispose();
        foreach (Weight momentum in _momenta)
        {
            momentum.Dispose();
        }
    }
}
