using System.Xml.Linq;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class SvgChartTests
{
    [Fact]
    public void A_chart_has_axes_a_legend_and_a_title_for_every_point()
    {
        XElement figure = XElement.Parse(Chart([new(0, 0.25, 0.1), new(10, 0.75, 0.05)]).Html);

        Assert.Equal(["acc, 0: 0.250 ± 0.100", "acc, 10: 0.750 ± 0.0500"], figure.Descendants("title").Select(t => t.Value));
        Assert.Equal("acc", Assert.Single(figure.Descendants("span"), s => ((string?)s.Attribute("class"))?.StartsWith("key", StringComparison.Ordinal) == true).Value);
        Assert.Contains("↑ share", figure.Value, StringComparison.Ordinal);
        Assert.Contains("steps", figure.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Greater_values_stand_higher()
    {
        XElement figure = XElement.Parse(Chart([new(0, 0.25), new(10, 0.75)]).Html);

        double[] heights = [.. figure.Descendants("circle").Where(c => (string?)c.Attribute("class") == "hover").Select(c => (double?)c.Attribute("cy") ?? 0)];
        Assert.True(heights[1] < heights[0]);
    }

    [Fact]
    public void Names_are_escaped()
    {
        Markup chart = new SvgChart { Title = "<b>", X = "&", Y = "\"", Series = [new("<i>", [new(1, 1)])] }.Render();

        Assert.Contains("&lt;b&gt;", chart.Html, StringComparison.Ordinal);
        XElement.Parse(chart.Html);
    }

    [Fact]
    public void Without_points_there_is_no_chart() => Assert.Equal(Markup.Empty, Chart([]));

    [Fact]
    public void Steps_that_lack_a_measure_or_are_not_finite_are_left_out()
    {
        StepRecord[] steps = [Step(1, 0.5), Step(2, null), Step(3, double.NaN), Step(4, 0.7)];

        ChartSeries series = ChartSeries.Over("accuracy", steps, s => s.Accuracy);

        Assert.Equal([1, 4], series.Points.Select(p => p.X));
    }

    [Fact]
    public void Many_steps_become_means_of_neighbours()
    {
        ChartSeries series = ChartSeries.Over("accuracy", Enumerable.Range(1, 1000).Select(i => Step(i, i % 2)), s => s.Accuracy);

        Assert.InRange(series.Points.Count, 80, 160);
        Assert.Equal(0.5, series.Points.Average(p => p.Y), 0.1);
    }

    [Theory]
    [InlineData(0, 1, 0.2)]
    [InlineData(0, 40, 10)]
    [InlineData(0.31, 0.72, 0.1)]
    [InlineData(3, 3, 1)]
    [InlineData(0, 0, 0.2)]
    [InlineData(-2.5, 7, 2)]
    public void A_scale_holds_its_values_between_round_ticks(double least, double greatest, double step)
    {
        var scale = NiceScale.Around(least, greatest, ticks: 5);

        Assert.Equal(step, scale.Step, 9);
        Assert.InRange(least, scale.Least, scale.Greatest);
        Assert.InRange(greatest, scale.Least, scale.Greatest);
        Assert.All(scale.Ticks(), tick => Assert.Equal(tick / step, Math.Round(tick / step), 6));
    }

    private static Markup Chart(ChartPoint[] points) =>
        new SvgChart { Title = "Accuracy", X = "steps", Y = "share", Series = [new("acc", points)] }.Render();

    private static StepRecord Step(int step, double? accuracy) => new() { Stage = "zero", Step = step, Steps = 1000, Accuracy = accuracy };
}
