using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Sputnik.Server;
using static Microsoft.Playwright.Assertions;

namespace Sputnik.EndToEnd.Tests.Page;

/// <summary>The page of a server with two models.</summary>
public sealed class SeveralModelsPageTests(Chromium browser) : IAsyncLifetime
{
    private readonly ServedZero _served = new(new ServerOptions(), beside: RandomModel.Create());

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task The_model_that_is_picked_is_asked_its_context_shown_and_the_choice_kept()
    {
        await using IBrowserContext window = await browser.Window(1440);
        window.SetDefaultTimeout(Chromium.Patience);
        IPage page = await window.NewPageAsync();
        List<string?> asked = [];

        // A short answer: this model's words have no meaning and no end.
        await page.RouteAsync("**/v1/chat/completions", route =>
        {
            JsonNode body = JsonNode.Parse(route.Request.PostData!)!;
            asked.Add((string?)body["model"]);
            body["max_tokens"] = 8;
            return route.ContinueAsync(new() { PostData = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()) });
        });
        await page.GotoAsync(_served.Client.BaseAddress!.ToString());
        ILocator picker = page.GetByLabel("Model", new() { Exact = true });
        await Expect(picker.Locator("option")).ToHaveTextAsync(["sputnik-zero", "other"]);

        await picker.SelectOptionAsync("other");
        await page.GetByLabel("Your question").FillAsync("Solve for x: 3x + 4 = 19.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.Locator(".answer").Last).ToHaveAttributeAsync("aria-busy", "false");
        await Expect(page.GetByLabel("Context used")).ToHaveAttributeAsync("aria-valuemax", $"{RandomModel.Length}");
        await page.ReloadAsync();
        await Expect(picker).ToHaveValueAsync("other");

        // The ledger is written behind the last byte of an answer.
        await page.CloseAsync();
        await _served.Server.StopAsync();
        Assert.Equal(["other"], asked);
        Assert.Equal("other", Assert.Single(_served.Store.Ledger.Since(DateOnly.MinValue)).Model);
    }
}
