namespace Sputnik.Training;

/// <summary>A value of a chart.</summary>
/// <param name="X">Where.</param>
/// <param name="Y">How high.</param>
/// <param name="Error">Standard error, drawn as a bar to both sides; null where there is none.</param>
internal readonly record struct ChartPoint(double X, double Y, double? Error = null);
