using Sputnik.Tensors;

namespace Sputnik.Training;

/// <summary>
/// AdamW over a list of weights: means of gradients and of squares, bias-corrected, decay apart from the gradient. Source:
/// Loshchilov and Hutter, arXiv 1711.05101.
/// </summary>
public sealed class AdamW : IDisposable
{
    private readonly Workers _workers;
    private readonly AdamWConfig _config;
    private readonly Weight[] _weights;
    private readonly Weight[] _means;
    private readonly Weight[] _squares;

    /// <summary>Moments of zeros for <paramref name="weights"/>.</summary>
    public AdamW(Workers workers, IReadOnlyList<Weight> weights, AdamWConfig config)
    {
        _workers = workers;
        _config = config.Validate();
        _weights = [.. weights];
        _means = [.. weights.Select(w => new Weight($"{w.Name}.adamw.mean", w.Out, w.In))];
        _squares = [.. weights.Select(w => new Weight($"{w.Name}.adamw.square", w.Out, w.In))];
    }

    /// <summary>The moments, to be stored and restored by name.</summary>
    public IEnumerable<Weight> State => _means.Concat(_squares);

    /// <summary>Updates every weight from its gradient. <paramref name="step"/> counts from 1.</summary>
    /// <param name="step">This step's number, for the bias corrections.</param>
    /// <param name="rateFactor">Multiplies the learning rate: what the schedule says.</param>
    /// <param name="gradientScale">Multiplies the gradients: what clipping says.</param>
    public void Step(long step, float rateFactor, float gradientScale)
    {
        float rate = _config.LearningRate * rateFactor;
        AdamWFactors factors = new()
        {
            GradientScale = gradientScale,
            Beta1 = _config.Beta1,
            Beta2 = _config.Beta2,
            StepSize = (float)(rate / (1 - Power(_config.Beta1, step))),
            RootCorrection = (float)(1 / Math.Sqrt(1 - Power(_config.Beta2, step))),
            Epsilon = _config.Epsilon,
            Keep = 1 - (rate * _config.WeightDecay),
        };
        for (int i = 0; i < _weights.Length; i++)
        {
            WeightUpdate.AdamW(_workers, _weights[i], _means[i], _squares[i], factors);
        }
    }

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        foreach (Weight moment in State)
        {
            moment.Dispose();
        }
    }

    /// <summary>By squaring: Math.Pow comes from the C library and differs across systems.</summary>
    private static double Power(double value, long exponent)
    {
        double result = 1;
        for (; exponent > 0; exponent >>= 1, value *= value)
        {
            result *= (exponent & 1) == 1 ? value : 1;
        }

        return result;
    }
}
