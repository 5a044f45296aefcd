using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sputnik.EndToEnd.Tests.Page;

/// <summary>Whatever a model writes, the page runs no script, loads nothing, follows no strange link and is not covered.</summary>
public sealed class HostileMarkdownTests(Chromium browser)
{
    /// <summary>What is wrong in the answers and the thinking shown, as lines.</summary>
    private const string Faults = """
        () => {
          const faults = [];
          if (window.hit !== undefined) faults.push('a script ran');
          for (const element of document.querySelectorAll('.text *')) {
            const name = element.tagName.toLowerCase();
            const known = ['a','annotation','article','blockquote','br','button','code','del','div','em','h1','h2','h3','h4','h5','h6','hr','li','ol','p','path','pre','section','semantics','span','strong','svg','table','tbody','td','th','thead','tr','ul','math'];
            if (!known.includes(name) && !/^m[a-z]+$/.test(name)) faults.push(`<${name}>`);
            for (const { name: attribute, value } of element.attributes) {
              if (/^on|^id$|^src|^srcdoc|^action|^formaction|^data-/.test(attribute)) faults.push(`${name} ${attribute}`);
              if (/href/.test(attribute) && !/^(https?|mailto):/.test(value)) faults.push(`${name} ${attribute}=${value}`);
              if (attribute === 'style' && !element.closest('.katex, .katex-error')) faults.push(`${name} style=${value}`);
              if (attribute === 'style' && /fixed|url|expression|sticky/.test(value)) faults.push(`${name} style=${value}`);
              if (attribute === 'class' && /veil|toast/.test(value)) faults.push(`${name} class=${value}`);
            }
            if (element.closest('.katex') && element.getBoundingClientRect().height > 2000) faults.push(`${name} is huge`);
          }
          return faults;
        }
        """;

    [Fact]
    public async Task A_hostile_answer_is_shown_as_text()
    {
        await using Visit visit = await Visit.Start(browser, await FakeServer.Start(), 1440);

        await visit.Ask("Something hostile");
        await visit.Answered();
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Faults));
        await Expect(visit.Page.Locator(".answer > .text")).ToContainTextAsync("<script>window.hit=1</script>");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true })).ToBeVisibleAsync();
        await visit.Picture("hostile-1440");
        await visit.Leave();
    }

    [Fact]
    public async Task Each_hostile_text_is_harmless_alone_and_at_every_length()
    {
        await using Visit visit = await Visit.Start(browser, await FakeServer.Start(), 1440);
        const string Show = """
            async (texts) => {
              const { GrowingText } = await import('/js/text/growing.js');
              for (const text of texts) {
                const place = document.createElement('div');
                place.className = 'text';
                document.querySelector('.messages').append(place);
                const growing = new GrowingText(place);
                for (let end = 1; end <= text.length; end++) growing.show(text.slice(0, end));
              }
            }
            """;

        await visit.Page.EvaluateAsync(Show, HostileMarkdown.All);
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Faults));
        Assert.Equal(HostileMarkdown.All.Length, await visit.Page.Locator(".messages > .text").CountAsync());
        await visit.Leave();
    }

    [Fact]
    public async Task The_sanitiser_alone_would_do()
    {
        await using Visit visit = await Visit.Start(browser, await FakeServer.Start(), 1440);
        const string Show = """
            async (texts) => {
              const { safe } = await import('/js/text/safe.js');
              const place = document.createElement('div');
              place.className = 'text';
              document.querySelector('.messages').append(place);
              for (const text of texts) place.append(safe(text));
              place.append(safe('<a href="https://example.org" class="veil maths">kept</a>'));
            }
            """;

        await visit.Page.EvaluateAsync(Show, HostileMarkdown.All);

        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Faults));
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "kept" })).ToHaveClassAsync("maths");
        await visit.Leave(policySpoke: true);
    }
}
