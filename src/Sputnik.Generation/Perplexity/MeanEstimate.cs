namespace Sputnik.Generation;

/// <summary>A mean with its standard error.</summary>
/// <param name="Mean">Null where nothing was counted.</param>
/// <param name="StandardError">Null where it takes more to say.</param>
public sealed record MeanEstimate(double? Mean, double? StandardError)
{
    internal static MeanEstimate Of(RunningMean mean) =>
        new(mean.Count > 0 ? mean.Mean : null, mean.Count > 1 ? mean.StandardError : null);
}
