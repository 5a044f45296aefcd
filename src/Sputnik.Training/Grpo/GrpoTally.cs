namespace Sputnik.Training;

/// <summary>Sums of one update, in double, in the order of the tokens.</summary>
internal sealed class GrpoTally
{
    private double _loss;
    private double _kl;
    private double _surprise;
    private double _norms;
    private long _clipped;
    private long _tokens;
    private int _steps;

    /// <summary>Counts one token; <paramref name="weight"/> is its weight in the loss.</summary>
    public void Add(TokenLoss token, double weight, float logProb)
    {
        _loss += weight * token.Loss;
        _kl += token.Kl;
        _surprise -= logProb;
        _clipped += token.Clipped ? 1 : 0;
        _tokens++;
    }

    /// <summary>Counts one optimizer step.</summary>
    public void Add(OptimizerReport step)
    {
        _norms += step.GradientNorm;
        _steps++;
    }

    /// <summary>Writes the sums into a report.</summary>
    public GrpoReport Into(GrpoReport report) => report with
    {
        Loss = _steps == 0 ? 0 : _loss / _steps,
        Kl = PerToken(_kl),
        ClipFraction = PerToken(_clipped),
        Entropy = PerToken(_surprise),
        GradientNorm = _steps == 0 ? 0 : _norms / _steps,
        OptimizerSteps = _steps,
        TokensTrained = _tokens,
    };

    private double PerToken(double sum) => _tokens == 0 ? 0 : sum / _tokens;
}
