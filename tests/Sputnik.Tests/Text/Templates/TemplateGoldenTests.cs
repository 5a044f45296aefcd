using System.Text.Json;
using Sputnik.Tests.Laws;
using Sputnik.Text;

namespace Sputnik.Tests.Text.Templates;

/// <summary>
/// Published chat templates against Python's jinja2, character by character. The files are not part of this repository;
/// where they do not lie beside it the tests say that they were skipped.
/// </summary>
public sealed class TemplateGoldenTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "..", "shared", "golden", "templates");

    public static TheoryData<string> Templates => Directory.Exists(Folder)
        ? [.. Directory.GetFiles(Folder, "*.jinja").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : ["absent"];

    public static TheoryData<int, string> Cases
    {
        get
        {
            TheoryData<int, string> rows = [];
            foreach ((int index, string line) in Lines().Index())
            {
                using JsonDocument document = JsonDocument.Parse(line);
                rows.Add(index, $"{Text(document.RootElement, "template")} {Text(document.RootElement, "case")}");
            }

            if (rows.Count == 0)
            {
                rows.Add(-1, "absent");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void Each_template_parses(string name)
    {
        Assert.SkipUnless(Directory.Exists(Folder), $"{Folder} is not there.");

        JinjaTemplate template = JinjaTemplate.Parse(File.ReadAllText(Path.Combine(Folder, name)));

        Assert.NotNull(template);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_is_rendered_as_jinja2_renders_it(int index, string name)
    {
        Assert.SkipUnless(Directory.Exists(Folder), $"{Folder} is not there: {name}.");
        using JsonDocument document = JsonDocument.Parse(Lines()[index]);
        JsonElement golden = document.RootElement;
        JinjaTemplate template = JinjaTemplate.Parse(File.ReadAllText(Path.Combine(Folder, Text(golden, "template"))));
        TemplateInputs inputs = Inputs(golden);

        if (golden.TryGetProperty("raises", out JsonElement message) && message.ValueKind == JsonValueKind.String)
        {
            TemplateException error = Assert.Throws<TemplateException>(() => template.Render(inputs));

            Assert.True(error.IsRaisedByTemplate);
            Assert.Equal(message.GetString(), error.Message);
        }
        else
        {
            Assert.Equal(Text(golden, "rendered"), template.Render(inputs));
        }
    }

    private static TemplateInputs Inputs(JsonElement golden) => new()
    {
        Messages = golden.GetProperty("messages"),
        Tools = golden.GetProperty("tools").ValueKind == JsonValueKind.Null ? null : golden.GetProperty("tools"),
        AddGenerationPrompt = golden.GetProperty("add_generation_prompt").GetBoolean(),
        BosToken = Text(golden, "bos_token"),
        EosToken = Text(golden, "eos_token"),
        Extra = golden.GetProperty("kwargs").EnumerateObject().ToDictionary(p => p.Name, p => TemplateValue.FromJson(p.Value)),
        Clock = new FixedClock(new(2026, 1, 20, 9, 30, 0, TimeSpan.Zero)),
    };

    private static string[] Lines() => Directory.Exists(Folder) ? File.ReadAllLines(Path.Combine(Folder, "cases.jsonl")) : [];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
