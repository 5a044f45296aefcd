using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sputnik.EndToEnd.Tests.Page;

/// <summary>The pages beside the conversation: training runs and the ledger.</summary>
public sealed class RunsAndUsageTests(Chromium browser)
{
    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task A_run_shows_its_curves_and_samples(int width, ColorScheme scheme)
    {
        await using Visit visit = await Visit.Start(browser, await FakeServer.Start(keeps: true), width, "#/runs", scheme);

        await Expect(visit.Page.Locator(".curve canvas")).ToHaveCountAsync(4);
        await Expect(visit.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^zero.reward: 0.90") })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".curve-head").First).ToContainTextAsync("zero.reward");
        await Expect(visit.Page.Locator(".sample").First).ToContainTextAsync("step 60");
        await visit.Picture($"runs-{width}");
        await visit.Page.GetByText("What is 3 + 4?").First.ClickAsync();
        await Expect(visit.Page.Locator(".sample[open] pre").Last).ToHaveTextAsync("<script>window.hit=1</script>8");
        await visit.Picture($"samples-{width}");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "zero quick" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Nothing is known of this run yet.");
        await visit.Leave();
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1440)]
    public async Task The_ledger_is_summed_and_priced(int width)
    {
        await using Visit visit = await Visit.Start(browser, await FakeServer.Start(keeps: true), width, "#/usage");

        // 160,000 read at 0.55 and 570,000 written at 2.19 dollars a million.
        await Expect(visit.Page.Locator(".figure").First).ToContainTextAsync("$1.34");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Model" }).ClickAsync();
        await Expect(visit.Page.Locator(".usage tbody tr")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator(".usage tbody tr")).ToContainTextAsync("570,000");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Day" }).ClickAsync();
        await visit.Picture($"usage-{width}");
        await visit.Leave();
    }

    [Fact]
    public async Task A_server_without_runs_or_ledger_is_said_to_have_none()
    {
        await using Visit visit = await Visit.Start(browser, await FakeServer.Start(), 1440, "#/runs");

        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("This server shows no runs.");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Usage" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("This server keeps no ledger.");
        await visit.Leave();
    }
}
