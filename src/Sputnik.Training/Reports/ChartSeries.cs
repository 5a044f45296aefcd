namespace Sputnik.Training;

/// <summary>A curve of a chart.</summary>
/// <param name="Name">What it is, for the legend and the titles.</param>
/// <param name="Points">Its points in the order of x.</param>
/// <param name="Ink">How it is drawn.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points, Ink Ink = Ink.Accent)
{
    // More points than pixels cannot be told apart, and each costs a line of the page.
    private const int MostPoints = 160;

    /// <summary>The curve of a measure over steps; neighbours are averaged where there are many, and what is not finite is left out.</summary>
    public static ChartSeries Over(string name, IEnumerable<StepRecord> steps, Func<StepRecord, double?> measure, Ink ink = Ink.Accent)
    {
        ChartPoint[] points =
        [
            .. steps.Select(s => (s.Step, Value: measure(s)))
                .Where(p => p.Value is { } value && double.IsFinite(value))
                .Select(p => new ChartPoint(p.Step, p.Value ?? 0)),
        ];
        int share = (points.Length + MostPoints - 1) / MostPoints;
        return new(name, share <= 1 ? points : [.. points.Chunk(share).Select(Mean)], ink);
    }

    private static ChartPoint Mean(ChartPoint[] points) => new(points.Average(p => p.X), points.Average(p => p.Y));
}
