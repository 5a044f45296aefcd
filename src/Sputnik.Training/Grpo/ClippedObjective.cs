namespace Sputnik.Training;

/// <summary>
/// The loss of one token: −min(ρ A, clip(ρ, 1 − low, 1 + high) A) + β k3, ρ = π / π_old. Source: DeepSeekMath, arXiv
/// 2402.03300, eq. 3; the R1 paper writes ρ for whole sequences, every implementation uses it per token.
/// </summary>
public static class ClippedObjective
{
    /// <summary>The loss and its derivative by the token's log-probability.</summary>
    /// <param name="logProb">log π, the policy in training.</param>
    /// <param name="oldLogProb">log π_old, the policy that sampled. Equal on-policy: then ρ is 1 exactly.</param>
    /// <param name="referenceLogProb">log π_ref; null without a divergence term.</param>
    /// <param name="advantage">A, the same for every token of a response.</param>
    /// <param name="config">Clip range and β.</param>
    public static TokenLoss Of(float logProb, float oldLogProb, float? referenceLogProb, float advantage, GrpoConfig config)
    {
        double ratio = Exponential.Of((double)logProb - oldLogProb);
        double clipped = Math.Clamp(ratio, 1 - config.Clip.Low, 1 + config.Clip.High);
        bool isClipped = clipped * advantage < ratio * advantage;
        double loss = -(isClipped ? clipped : ratio) * advantage;
        double derivative = isClipped ? 0 : -ratio * advantage;
        double kl = 0;
        if (referenceLogProb is { } reference)
        {
            kl = KlPenalty.Value(logProb, reference);
            loss += config.KlBeta * kl;
            derivative += config.KlBeta * KlPenalty.Derivative(logProb, reference);
        }

        return new(loss, derivative, kl, isClipped);
    }
}
