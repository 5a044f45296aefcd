namespace Sputnik.Training;

/// <summary>
/// The divergence from the reference policy on one sampled token, estimator k3: eᵈ − d − 1 with d = log π_ref − log π, never
/// negative. Source: DeepSeekMath, arXiv 2402.03300, eq. 4.
/// </summary>
public static class KlPenalty
{
    // verl clamps the log-ratio to ±20, so that one freak token cannot overflow the step.
    private const double LogRatioLimit = 20;

    /// <summary>k3 of a token.</summary>
    public static double Value(double logProb, double referenceLogProb)
    {
        double d = Difference(logProb, referenceLogProb);
        return Exponential.Of(d) - d - 1;
    }

    /// <summary>∂ k3 / ∂ log π = 1 − eᵈ.</summary>
    public static double Derivative(double logProb, double referenceLogProb) =>
        1 - Exponential.Of(Difference(logProb, referenceLogProb));

    private static double Difference(double logProb, double referenceLogProb) =>
        Math.Clamp(referenceLogProb - logProb, -LogRatioLimit, LogRatioLimit);
}
