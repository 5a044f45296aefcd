using System.Globalization;

namespace Sputnik.Training;

/// <summary>
/// A line chart as inline SVG: axes with units, a legend, error bars, and the numbers as titles to hover over. Colours are
/// classes of the page, so that it follows light and dark.
/// </summary>
internal sealed record SvgChart
{
    // In units of the drawing, which the page scales to a column: 12 units of text are 11 to 15 pixels.
    private const double Width = 440, Height = 240;
    private const double Left = 46, Right = 12, Top = 12, Bottom = 40;
    private const int TicksX = 5, TicksY = 5;
    private const double DotRadius = 3, HoverRadius = 8, BarCap = 3;

    /// <summary>What is shown, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Label of the x axis, which counts something.</summary>
    public required string X { get; init; }

    /// <summary>Label of the y axis with its unit.</summary>
    public required string Y { get; init; }

    /// <summary>The curves; those without points are left out.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Where the y axis begins; null lets the values say.</summary>
    public double? From { get; init; }

    /// <summary>Where the y axis ends; null lets the values say.</summary>
    public double? To { get; init; }

    /// <summary>The chart as a figure; nothing where there are no points.</summary>
    public Markup Render()
    {
        ChartSeries[] drawn = [.. Series.Where(s => s.Points.Count > 0)];
        if (drawn.Length == 0)
        {
            return Markup.Empty;
        }

        ChartPoint[] points = [.. drawn.SelectMany(s => s.Points)];
        NiceScale x = NiceScale.Around(points.Min(p => p.X), points.Max(p => p.X), TicksX, whole: true);
        NiceScale y = NiceScale.Around(
            From ?? points.Min(p => p.Y - (p.Error ?? 0)), To ?? points.Max(p => p.Y + (p.Error ?? 0)), TicksY);
        Markup legend = Markup.Join(drawn.Select(s => Html.Of($"<span class=\"key {Class(s.Ink)}\">{s.Name}</span>")));
        return Html.Of(
            $"""
            <figure><figcaption><b>{Title}</b><span class="legend">{legend}</span></figcaption>
            <svg viewBox="0 0 {Width:0} {Height:0}" role="img" aria-label="{Title}: {Y} over {X}">
            {Axes(x, y)}{Markup.Join(drawn.Select(s => Curve(s, x, y)))}</svg></figure>

            """);
    }

    private Markup Axes(NiceScale x, NiceScale y)
    {
        IEnumerable<Markup> horizontal = y.Ticks().Select(t => Html.Of(
            $"<line class=\"grid\" x1=\"{Left:0}\" x2=\"{Width - Right:0}\" y1=\"{At(y, t):0.##}\" y2=\"{At(y, t):0.##}\"/><text class=\"ty\" x=\"{Left - 6:0}\" y=\"{At(y, t) + 4:0.##}\">{Tick(t)}</text>"));
        IEnumerable<Markup> vertical = x.Ticks().Select(t => Html.Of(
            $"<text class=\"tx\" x=\"{Along(x, t):0.##}\" y=\"{Height - Bottom + 16:0}\">{Tick(t)}</text>"));
        return Html.Of(
            $"{Markup.Join(horizontal)}{Markup.Join(vertical)}<text class=\"lx\" x=\"{Width - Right:0}\" y=\"{Height - 6:0}\">{X}</text><text class=\"ly\" x=\"{Left:0}\" y=\"{Height - 6:0}\">↑ {Y}</text>");
    }

    private static Markup Curve(ChartSeries series, NiceScale x, NiceScale y)
    {
        string path = string.Join(' ', series.Points.Select((p, i) => string.Create(
            CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{Along(x, p.X):0.##} {At(y, p.Y):0.##}")));
        // Dots only where they can be told apart; hovering works everywhere.
        bool dots = series.Points.Count <= 24;
        return Html.Of($"<g class=\"{Class(series.Ink)}\"><path d=\"{path}\"/>{Markup.Join(series.Points.Select(p => Point(series.Name, p, x, y, dots)))}</g>");
    }

    private static Markup Point(string name, ChartPoint p, NiceScale x, NiceScale y, bool dots)
    {
        double at = Along(x, p.X), height = At(y, p.Y);
        Markup bar = p.Error is { } error ? Bar(at, At(y, p.Y - error), At(y, p.Y + error)) : Markup.Empty;
        Markup dot = dots ? Html.Of($"<circle class=\"dot\" cx=\"{at:0.##}\" cy=\"{height:0.##}\" r=\"{DotRadius:0}\"/>") : Markup.Empty;
        string value = p.Error is { } e ? $"{Quantity.Figures(p.Y)} ± {Quantity.Figures(e)}" : Quantity.Figures(p.Y);
        return Html.Of($"{bar}{dot}<circle class=\"hover\" cx=\"{at:0.##}\" cy=\"{height:0.##}\" r=\"{HoverRadius:0}\"><title>{name}, {Quantity.Figures(p.X)}: {value}</title></circle>");
    }

    private static Markup Bar(double at, double low, double high) => Html.Of(
        $"<path class=\"bar\" d=\"M{at:0.##} {low:0.##}V{high:0.##}M{at - BarCap:0.##} {low:0.##}h{2 * BarCap:0}M{at - BarCap:0.##} {high:0.##}h{2 * BarCap:0}\"/>");

    private static double Along(NiceScale x, double value) => Left + (x.Share(value) * (Width - Left - Right));

    // Values beyond an axis that was fixed are drawn at its end.
    private static double At(NiceScale y, double value) => Height - Bottom - (Math.Clamp(y.Share(value), 0, 1) * (Height - Top - Bottom));

    private static string Tick(double value) => Math.Abs(value) >= 10_000 ? Quantity.Scaled(value) : value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Class(Ink ink) => ink switch
    {
        Ink.Accent => "accent",
        Ink.AccentDashed => "accent dashed",
        _ => "quiet",
    };
}
