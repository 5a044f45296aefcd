using Microsoft.Playwright;

namespace Sputnik.EndToEnd.Tests.Page;

/// <summary>A reader at the page of a fake server; at the end nothing may have gone wrong unseen, and nothing may have left the origin.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _window;
    private readonly List<string> _errors = [];
    private readonly List<string> _strangers = [];

    private Visit(IBrowserContext window, IPage page, FakeServer server)
    {
        _window = window;
        Page = page;
        Server = server;
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            // A status of 4xx is also logged as an error; those the tests look at themselves.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _errors.Add(message.Text);
            }
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(server.Address, StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                _strangers.Add(request.Url);
            }
        };
    }

    public IPage Page { get; }

    public FakeServer Server { get; }

    public ILocator Question => Page.GetByLabel("Your question");

    public ILocator Answers => Page.Locator(".answer");

    public static async Task<Visit> Start(Chromium browser, FakeServer server, int width, string at = "", ColorScheme scheme = ColorScheme.Light)
    {
        IBrowserContext window = await browser.Window(width, scheme);
        window.SetDefaultTimeout(Chromium.Patience);
        Visit visit = new(window, await window.NewPageAsync(), server);
        await visit.Page.GotoAsync($"{server.Address}/{at}");
        await visit.Page.Locator("#main > *").WaitForAsync();
        return visit;
    }

    /// <summary>Asks a question as a reader does: types it and sends it.</summary>
    public async Task Ask(string question)
    {
        await Question.FillAsync(question);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
    }

    /// <summary>Waits until the last answer has ended.</summary>
    public Task Answered() => Assertions.Expect(Answers.Last).ToHaveAttributeAsync("aria-busy", "false");

    /// <summary>A picture for people, in the folder of the test's results.</summary>
    public Task Picture(string name)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "pictures");
        return Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }

    /// <summary>Ends the visit: no error, no request elsewhere, nothing wider than the screen. Where raw HTML was given to the sanitiser the policy may have spoken up before it.</summary>
    public async Task Leave(bool policySpoke = false)
    {
        Assert.DoesNotContain(_errors, error => !policySpoke || !error.Contains("Content Security Policy", StringComparison.Ordinal));
        Assert.Empty(_strangers);
        Assert.False(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
    }

    public async ValueTask DisposeAsync()
    {
        await _window.DisposeAsync();
        await Server.DisposeAsync();
    }
}
