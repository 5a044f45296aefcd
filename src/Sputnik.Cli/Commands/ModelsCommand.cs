using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>sputnik models [show NAME | remove NAME]: what was pulled.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json("the list");
        var command = new Command("models", $"Lists the models that were pulled ({ModelStore.Variable}, else {ModelStore.DefaultRoot}).") { json, Show(), Remove() };
        command.SetAction(parsed =>
        {
            ModelStore store = ModelStore.OfUser();
            ModelListing[] models = [.. store.List().Select(ModelListing.Of)];
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(models, HubJsonContext.Default.ModelListingArray));
            }
            else
            {
                Print(models, store.Root);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> name = Name();
        Option<bool> json = CommonOptions.Json("the manifest");
        var command = new Command("show", "Shows where a model came from, and its files with their hashes.") { name, json };
        command.SetAction(parsed =>
        {
            StoredModel model = ModelStore.OfUser().Need(parsed.GetValue(name) ?? "");
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(model.Manifest, HubJsonContext.Default.ModelManifest));
            }
            else
            {
                Print(model);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Remove()
    {
        Argument<string> name = Name();
        var yes = new Option<bool>("--yes", "-y") { Description = "Does not ask." };
        var command = new Command("remove", "Removes a model.") { name, yes };
        command.SetAction(parsed =>
        {
            ModelStore store = ModelStore.OfUser();
            StoredModel model = store.Need(parsed.GetValue(name) ?? "");
            string what = $"{model.Name} ({Quantity.Scaled(model.Manifest.Size)}B)";
            if (!parsed.GetValue(yes) && !Agrees(what))
            {
                Console.WriteLine("Nothing is removed.");
                return ExitCode.Done;
            }

            string? left = store.Remove(model);
            Console.WriteLine(left is null ? $"{what} is removed." : $"{what} is removed; '{left}' holds other files too, which stay.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "OWNER/NAME, or NAME where only one owner has it." };

    private static bool Agrees(string what)
    {
        if (Console.IsInputRedirected)
        {
            throw new ArgumentException("There is nobody to ask; remove without asking with --yes.");
        }

        Console.Write($"Remove {what}? [y/N] ");
        return Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    private static void Print(ModelListing[] models, string root)
    {
        if (models.Length == 0)
        {
            Console.WriteLine($"There are no models in {root}. Get one: sputnik pull OWNER/NAME");
            return;
        }

        Table table = Look.Numbers("name", "size", "kind", "pulled");
        foreach (ModelListing model in models)
        {
            table.Row(model.Name, $"{Quantity.Scaled(model.Size)}B", model.IsWhole ? model.Kind : $"{model.Kind}, not whole", Day(model.PulledAt));
        }

        TerminalKind.OfOutput().ToConsole().Write(table);
    }

    private static void Print(StoredModel model)
    {
        ModelManifest manifest = model.Manifest;
        Console.WriteLine($"{model.Name}: {ModelKind.Of(model)}, {Quantity.Scaled(manifest.Size)}B, pulled {Day(manifest.PulledAt)}");
        Console.WriteLine($"from {manifest.Source}{(manifest.Revision is { } commit ? $" at {commit}" : "")}");
        Console.WriteLine($"in {model.Folder}");
        Table table = Look.Numbers("file", "size", "SHA-256");
        foreach (StoredFile file in manifest.Files)
        {
            table.Row(file.Path, $"{Quantity.Scaled(file.Size)}B", file.Sha256);
        }

        foreach (string path in manifest.Missing)
        {
            table.Row(path, "missing", "–");
        }

        TerminalKind.OfOutput().ToConsole().Write(table);
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
