using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sputnik.EndToEnd.Tests.Page;

/// <summary>The page as a reader meets it, on a phone and on a desk.</summary>
public sealed class ChatPageTests(Chromium browser)
{
    private const int Phone = 390;
    private const int Desk = 1440;

    [Theory]
    [InlineData(Phone)]
    [InlineData(Desk)]
    public async Task A_question_is_thought_about_answered_kept_and_exported(int width)
    {
        await using Visit visit = await Visit.Start(browser, await FakeServer.Start(), width);
        await visit.Picture($"welcome-{width}");

        await visit.Ask("A slow sum, please");
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Thinking" })).ToContainTextAsync("The reader asks for a sum.");
        await Expect(visit.Page.Locator(".thinking-toggle")).ToContainTextAsync("Thinking ·");
        await visit.Picture($"thinking-{width}");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Answer now" }).ClickAsync();
        await visit.Answered();
        await Expect(visit.Page.Locator(".thinking-toggle")).ToContainTextAsync("17 tokens");
        await Expect(visit.Page.Locator(".answer .text strong")).ToHaveTextAsync("four");
        await Expect(visit.Page.Locator(".answer .katex-display")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".answer .hljs-keyword").First).ToHaveTextAsync("def");
        await Expect(visit.Page.GetByRole(AriaRole.Meter)).ToHaveAttributeAsync("aria-valuenow", "61");
        await visit.Picture($"answer-{width}");

        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator(".answer .text strong")).ToHaveTextAsync("four");
        await Expect(visit.Page.Locator(".question .bubble")).ToHaveTextAsync("A slow sum, please");

        JsonNode exported = JsonNode.Parse(await Exported(visit))!;
        JsonArray messages = exported["conversations"]![0]!["messages"]!.AsArray();
        Assert.Equal("sputnik-conversations", (string?)exported["format"]);
        Assert.Equal("A slow sum, please", (string?)messages[0]!["text"]);
        Assert.StartsWith("The reader asks", (string?)messages[1]!["reasoning"], StringComparison.Ordinal);
        Assert.Equal(17, (int?)messages[1]!["usage"]!["completion_tokens_details"]!["reasoning_tokens"]);
        await visit.Leave();
    }

    [Theory]
    [InlineData(Phone)]
    [InlineData(Desk)]
    public async Task Answers_and_questions_branch(int width)
    {
        await using Visit visit = await Visit.Start(browser, await FakeServer.Start(), width);
        await visit.Ask("A sum");
        await visit.Answered();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Answer again" }).ClickAsync();
        await Expect(visit.Answers.Last).ToContainTextAsync("Answer 2");
        await visit.Answered();
        await Expect(visit.Page.Locator(".answer .versions")).ToContainTextAsync("2/2");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Earlier version" }).ClickAsync();
        await Expect(visit.Answers.Last).ToContainTextAsync("Answer 1");

        await visit.Page.Locator(".question").HoverAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Edit question" }).ClickAsync();
        await visit.Page.Locator(".edit textarea").FillAsync("Another sum");
        await visit.Picture($"edit-{width}");
        await visit.Page.Locator(".edit").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(visit.Answers.Last).ToContainTextAsync("Answer 3");
        await visit.Answered();
        await Expect(visit.Page.Locator(".question .versions")).ToContainTextAsync("2/2");
        await visit.Picture($"branches-{width}");

        await visit.Page.Locator(".question").GetByRole(AriaRole.Button, new() { Name = "Earlier version" }).ClickAsync();
        await Expect(visit.Page.Locator(".question .bubble")).ToHaveTextAsync("A sum");
        await Expect(visit.Answers.Last).ToContainTextAsync("Answer 1");
        await visit.Leave();
    }

    [Fact]
    public async Task The_keyboard_asks_stops_and_goes_on()
    {
        await using Visit visit = await Visit.Start(browser, await FakeServer.Start(), Desk);
        await Expect(visit.Question).ToBeFocusedAsync();

        await visit.Page.Keyboard.TypeAsync("A slow sum");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator(".thinking.running")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Answered();
        await Expect(visit.Page.Locator(".facts")).ToContainTextAsync("stopped");

        await visit.Page.Keyboard.TypeAsync("A second slow sum");
        await visit.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(visit.Page.Locator(".thinking.running")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Control+.");
        await visit.Answered();
        await Expect(visit.Answers.Last).ToContainTextAsync("Answer 2");
        await Expect(visit.Page.Locator("#live")).ToContainTextAsync("Answer complete");

        await visit.Question.BlurAsync();
        await visit.Page.Keyboard.PressAsync("?");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Stop thinking, answer now");
        await visit.Picture("help-1440");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Keyboard.PressAsync("s");
        await Expect(visit.Page.GetByLabel("System prompt")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.GetByLabel("System prompt")).ToBeHiddenAsync();
        await visit.Leave();
    }

    [Fact]
    public async Task Settings_effort_and_attachments_reach_the_server()
    {
        await using Visit visit = await Visit.Start(browser, await FakeServer.Start(), Desk);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Settings", Exact = true }).ClickAsync();
        await visit.Page.GetByLabel("Temperature").FillAsync("0.6");
        await visit.Page.GetByLabel("Thinking budget").FillAsync("512");
        await visit.Page.GetByLabel("System prompt").FillAsync("Be brief.");
        await visit.Picture("settings-1440");
        await visit.Page.GetByLabel("Thinking effort").SelectOptionAsync("high");
        await visit.Page.Locator("input[type=file][multiple]").SetInputFilesAsync(new FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = "two and two"u8.ToArray() });
        await Expect(visit.Page.Locator(".box .chip")).ToContainTextAsync("notes.txt");

        await visit.Ask("What does the file say?");
        await visit.Answered();

        JsonNode asked = Assert.Single(visit.Server.Asked);
        Assert.Equal(0.6, (double)asked["temperature"]!);
        Assert.Equal(512, (int)asked["thinking_token_budget"]!);
        Assert.Equal("high", (string?)asked["reasoning_effort"]);
        Assert.Null(asked["top_k"]);
        Assert.Equal("Be brief.", (string?)asked["messages"]![0]!["content"]);
        Assert.Equal("[file name]: notes.txt\n[file content begin]\ntwo and two\n[file content end]\nWhat does the file say?", (string?)asked["messages"]![1]!["content"]);
        await visit.Leave();
    }

    [Fact]
    public async Task A_key_is_asked_for_where_the_server_wants_one_and_stays_in_the_tab()
    {
        await using Visit visit = await Visit.Start(browser, await FakeServer.Start(key: "sk-one"), Desk);

        await visit.Page.GetByLabel("Key", new() { Exact = true }).FillAsync("sk-one");
        await visit.Picture("key-1440");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Use key" }).ClickAsync();
        await visit.Ask("A sum");
        await visit.Answered();

        Assert.Equal("sk-one", await visit.Page.EvaluateAsync<string>("sessionStorage.getItem('sputnik.key')"));
        Assert.DoesNotContain("sk-one", await visit.Page.EvaluateAsync<string>("JSON.stringify(localStorage)"), StringComparison.Ordinal);
        await visit.Leave();
    }

    [Fact]
    public async Task A_stream_that_breaks_says_why_and_can_be_tried_again()
    {
        await using Visit visit = await Visit.Start(browser, await FakeServer.Start(), Desk);

        await visit.Ask("Please break");
        await visit.Answered();

        await Expect(visit.Page.Locator(".failure")).ToHaveTextAsync("The engine ran out of pages.");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Answer again" })).ToBeVisibleAsync();
        await visit.Leave();
    }

    [Fact]
    public async Task An_exported_file_is_imported_and_a_hostile_one_refused()
    {
        await using Visit visit = await Visit.Start(browser, await FakeServer.Start(), Desk);
        await visit.Ask("A sum");
        await visit.Answered();
        string exported = await Exported(visit);

        await visit.Page.GetByLabel("File to import").SetInputFilesAsync(new FilePayload { Name = "a.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(exported) });
        await Expect(visit.Page.Locator(".item")).ToHaveCountAsync(2);
        await visit.Page.GetByLabel("File to import").SetInputFilesAsync(new FilePayload { Name = "b.json", MimeType = "application/json", Buffer = """{"format":"sputnik-conversations","version":1,"conversations":[{"id":"<img>"}]}"""u8.ToArray() });

        await Expect(visit.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("conversations[0].messages is not a list");
        await Expect(visit.Page.Locator(".item")).ToHaveCountAsync(2);
        await visit.Leave();
    }

    private static async Task<string> Exported(Visit visit)
    {
        if (await visit.Page.Locator("#side").EvaluateAsync<bool>("side => side.inert"))
        {
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Conversations" }).ClickAsync();
            await visit.Picture("side-390");
        }

        IDownload download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync());
        await using Stream stream = await download.CreateReadStreamAsync();
        using StreamReader reader = new(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
