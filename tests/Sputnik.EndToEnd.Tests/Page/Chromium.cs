using Microsoft.Playwright;
using Sputnik.EndToEnd.Tests.Page;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Sputnik.EndToEnd.Tests.Page;

/// <summary>One browser for all tests of the page: the one that Debian installs.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    /// <summary>Milliseconds a test waits for what must come: a shared machine may stop for a while.</summary>
    public const int Patience = 60000;

    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A window of its own, with nothing stored. Skips the test where there is no browser.</summary>
    public async Task<IBrowserContext> Window(int width, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipUnless(File.Exists(Program), $"{Program} is not installed (apt-get install chromium).");
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(Patience);
            _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox"] });
        }
        finally
        {
            _starting.Release();
        }

        return await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 900 },
            HasTouch = width < 600,
            IsMobile = width < 600,
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "UTC",
        });
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _starting.Dispose();
    }
}
