using System.Text;
using System.Xml.Linq;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class RunReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_page_is_well_formed(bool finished)
    {
        string page = Page(finished);

        XElement html = Assert.IsType<XElement>(XDocument.Parse(page).Root);
        Assert.Equal("html", html.Name.LocalName);
    }

    [Fact]
    public void The_page_loads_nothing()
    {
        string page = Page();

        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_a_model_or_a_machine_says_cannot_become_a_tag()
    {
        string page = Page();

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot; \uFFFD \uFFFD", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_tells_scores_charts_examples_cost_and_facts()
    {
        XDocument page = XDocument.Parse(Page());

        string[] headings = [.. page.Descendants("h2").Select(h => h.Value)];
        Assert.Equal(["Scores", "Learning", "By difficulty", "Styles of answers", "Examples", "Cost", "Facts"], headings);
        Assert.Equal(6 + 4, page.Descendants("svg").Count());
        Assert.Contains(new string('a', 64), page.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_has_only_begun_has_a_page()
    {
        string folder = Path.Combine(_folder, "begun");
        using (RunFolder files = RunFolder.Create(folder, RunSketchIdentity()))
        {
            files.Log(new StepRecord { Stage = "pretrain", Step = 1, Steps = 10, Loss = double.NaN });
        }

        string page = RunReport.Render(RecordedRun.Read(folder), 0);

        Assert.Contains("has not ended", page, StringComparison.Ordinal);
        XDocument.Parse(page);
    }

    [Fact]
    public void A_negative_price_is_refused() =>
        Assert.Throws<ArgumentException>(() => RunReport.Write(RunSketch.Write(Path.Combine(_folder, "run")), -1));

    [Fact]
    public void A_long_stage_is_thinned_out_to_a_page_of_bearable_size() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(Page()), 20_000, 300_000);

    private static RunIdentity RunSketchIdentity() => new()
    {
        Config = System.Text.Json.JsonDocument.Parse(RecipeJson.ToText(RunSketch.Recipe)).RootElement,
        Seed = 7,
        CodeVersion = "1",
        Machine = "none",
    };

    private string Page(bool finished = true) => File.ReadAllText(RunReport.Write(RunSketch.Write(Path.Combine(_folder, "run"), finished)));
}
