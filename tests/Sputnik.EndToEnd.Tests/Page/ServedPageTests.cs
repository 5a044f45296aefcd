using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sputnik.EndToEnd.Tests.Page;

/// <summary>The page as the program itself serves it, with the small model of this repository.</summary>
public sealed class ServedPageTests(Chromium browser, ServedZero served) : IClassFixture<ServedZero>
{
    [Theory]
    [InlineData(390)]
    [InlineData(1440)]
    public async Task The_served_model_thinks_answers_and_is_kept(int width)
    {
        await using IBrowserContext window = await browser.Window(width);
        window.SetDefaultTimeout(Chromium.Patience);
        IPage page = await window.NewPageAsync();
        List<string> wrong = [];
        page.PageError += (_, error) => wrong.Add(error);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                wrong.Add($"{response.Status} {response.Url}");
            }
        };

        // The likeliest answer, which is always the same.
        await page.RouteAsync("**/v1/chat/completions", route =>
        {
            JsonNode body = JsonNode.Parse(route.Request.PostData!)!;
            body["temperature"] = 0;
            return route.ContinueAsync(new() { PostData = Encoding.UTF8.GetBytes(body.ToJsonString()) });
        });
        await page.GotoAsync(served.Client.BaseAddress!.ToString());

        await page.GetByLabel("Your question").FillAsync("Solve for x: 3x + 4 = 19.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.Locator(".answer").Last).ToHaveAttributeAsync("aria-busy", "false");
        await Expect(page.Locator(".thinking-toggle")).ToContainTextAsync("tokens");
        await Expect(page.Locator(".answer .katex").First).ToBeVisibleAsync();
        string answer = await page.Locator(".answer .text:not(.thought)").InnerTextAsync();

        await page.ReloadAsync();
        await Expect(page.Locator(".answer .katex").First).ToBeVisibleAsync();
        Assert.Equal(answer, await page.Locator(".answer .text:not(.thought)").InnerTextAsync());
        foreach (string view in (string[])["#/runs", "#/usage"])
        {
            await page.GotoAsync(served.Client.BaseAddress + view);
            await Expect(page.Locator("#main > *").First).ToBeVisibleAsync();
        }

        Assert.Empty(wrong);
    }
}
