using System.CommandLine;
using System.Text.Json;
using Sputnik.Text;

namespace Sputnik.Cli;

/// <summary>sputnik template TEMPLATE.jinja CASE.json: the rendering of a chat template, for comparison with another implementation.</summary>
internal static class TemplateCommand
{
    public static Command Create()
    {
        var template = new Argument<string>("template") { Description = "A chat template in Jinja's language." };
        var input = new Argument<string>("case") { Description = "A JSON object: messages, tools, documents, add_generation_prompt, bos_token, eos_token, kwargs." };
        var command = new Command("template", "Prints what a chat template makes of a conversation.") { template, input };
        command.SetAction(parsed =>
        {
            JinjaTemplate jinja = JinjaTemplate.Parse(File.ReadAllText(parsed.GetRequiredValue(template)));
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(parsed.GetRequiredValue(input)));
            Console.Out.Write(jinja.Render(Inputs(document.RootElement)));
            return ExitCode.Done;
        });
        return command;
    }

    private static TemplateInputs Inputs(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object || !given.TryGetProperty("messages", out JsonElement messages))
        {
            throw new InvalidDataException("A case is a JSON object with 'messages', for example {\"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}.");
        }

        JsonElement? kwargs = Given(given, "kwargs");
        return new()
        {
            Messages = messages,
            Tools = Given(given, "tools"),
            Documents = Given(given, "documents"),
            AddGenerationPrompt = Given(given, "add_generation_prompt") is not { } add || add.GetBoolean(),
            BosToken = Given(given, "bos_token")?.GetString() ?? "",
            EosToken = Given(given, "eos_token")?.GetString() ?? "",
            Extra = kwargs is null
                ? new Dictionary<string, TemplateValue>()
                : kwargs.Value.EnumerateObject().ToDictionary(p => p.Name, p => TemplateValue.FromJson(p.Value)),
        };
    }

    private static JsonElement? Given(JsonElement given, string name) =>
        given.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
