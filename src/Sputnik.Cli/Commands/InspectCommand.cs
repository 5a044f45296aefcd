using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Sputnik.Generation;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>sputnik inspect MODEL: what is in a model folder.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var model = new Argument<string?>("model") { Description = "Model folder, or the name of a pulled model. Default: the model that comes with Sputnik.", Arity = ArgumentArity.ZeroOrOne };
        var tensors = new Option<bool>("--tensors") { Description = "Lists every tensor." };
        Option<int?> context = CommonOptions.AtLeast(1, new Option<int?>("--context", "-c")
        {
            Description = $"Tokens of a conversation that memory is planned for. Default: the model's own, at most {CommonOptions.DefaultContext}.",
            HelpName = "TOKENS",
        });
        Option<bool> json = CommonOptions.Json("the description");
        var command = new Command("inspect", "Shows what a model is: family, sizes, memory, hashes, tensors.") { model, tensors, context, json };
        command.SetAction(parsed =>
        {
            string folder = ModelLocation.Resolve(parsed.GetValue(model));
            if (GgufIn(folder) is { } file)
            {
                ShowGguf(GgufDescription.Of(file, parsed.GetValue(context), parsed.GetValue(tensors)), parsed.GetValue(json));
                return ExitCode.Done;
            }

            using LoadedModel loaded = LoadedModel.Open(folder, new() { MaxLength = int.MaxValue });
            ModelDescription description = ModelDescription.Of(loaded, folder, parsed.GetValue(context), parsed.GetValue(tensors));
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(description, CliJsonContext.Default.ModelDescription));
            }
            else
            {
                Show(description, TerminalKind.OfOutput().ToConsole());
            }

            return ExitCode.Done;
        });
        return command;
    }

    // A folder may hold a GGUF file, or the parts of one, and nothing that describes it.
    private static string? GgufIn(string path)
    {
        if (File.Exists(path) || !Directory.Exists(path) || File.Exists(Path.Combine(path, Models.ModelFolder.ConfigFile)))
        {
            return File.Exists(path) ? path : null;
        }

        using Models.ModelFile file = Models.ModelFile.Open(path, new() { MaxLength = 1 });
        return file.Path;
    }

    private static void Print(IEnumerable<(string Name, string Value)> lines, IAnsiConsole console)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn());
        foreach ((string name, string value) in lines)
        {
            grid.AddRow(Look.Say(name, Look.Dim), Look.Say(value));
        }

        console.Write(grid);
    }

    private static void ShowGguf(GgufDescription file, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(file, CliJsonContext.Default.GgufDescription));
            return;
        }

        Print(Lines(file), TerminalKind.OfOutput().ToConsole());
        foreach ((string name, string tensor) in file.Tensors ?? new Dictionary<string, string>())
        {
            Console.WriteLine($"{name,-40} {tensor}");
        }
    }

    private static void Show(ModelDescription model, IAnsiConsole console)
    {
        Print(Lines(model), console);
        if (model.Tensors is not { } tensors)
        {
            return;
        }

        Table table = Look.Numbers("tensor", "shape", "values");
        foreach (TensorDescription tensor in tensors)
        {
            table.Row(tensor.Name, string.Join(" × ", tensor.Shape), Quantity.Scaled(tensor.Values));
        }

        console.Write(table);
    }

    private static IEnumerable<(string Name, string Value)> Lines(GgufDescription file) =>
    [
        ("architecture", file.Name is null ? file.Architecture : $"{file.Architecture}, {file.Name}"),
        ("parameters", Parameters(file.Parameters, file.Active)),
        ("layers", $"{file.Layers}"),
        ("attention", InWords(file.Attention)),
        ("positions", $"{file.ContextLength}"),
        ("vocabulary", $"{file.VocabularySize}, {file.Vocabulary ?? "without a tokenizer"}"),
        ("template", file.Template ?? "none"),
        .. Lines(file.Formats),
        ("weights", $"{Quantity.Scaled(file.WeightBytes)}B{(file.Parts > 1 ? $" in {file.Parts} files" : "")}"),
        ("cache", $"{file.CacheBytesPerToken} bytes a token, float32"),
        .. Lines(file.Memory, file.Context),
    ];

    private static IEnumerable<(string Name, string Value)> Lines(IReadOnlyDictionary<string, FormatShare> formats) =>
        formats.Select((f, i) => (i == 0 ? "formats" : "", $"{f.Key}: {Quantity.Scaled(f.Value.Values)} values in {f.Value.Tensors} tensors, {Quantity.Scaled(f.Value.Bytes)}B"));

    private static IEnumerable<(string Name, string Value)> Lines(MemoryPlan plan, int context) =>
    [
        ("memory", $"{Quantity.Scaled(plan.Total)}B for a sequence of {context} tokens"),
        ("", $"{Quantity.Scaled(plan.Weights)}B weights"),
        ("", $"{Quantity.Scaled(plan.Cache)}B cache, the same again for every further sequence"),
        ("", $"{Quantity.Scaled(plan.Scratch)}B activations at most"),
    ];

    private static string Parameters(long all, long active) =>
        $"{Quantity.Scaled(all)} ({all}){(active < all ? $", {Quantity.Scaled(active)} active" : "")}";

    private static string InWords(AttentionFacts facts) =>
        $"{(facts.Heads is int heads ? $"{heads} query heads, {facts.KvHeads ?? heads} for keys and values" : "heads unknown")}; positions {(facts.RopeScaling is { } scaling ? $"scaled: {scaling}" : "as trained")}";

    private static IEnumerable<(string Name, string Value)> Lines(ModelDescription model)
    {
        yield return ("family", model.Family);
        yield return ("parameters", Parameters(model.Parameters, model.Active));
        yield return ("layers", model.RoutedLayers > 0 ? $"{model.Layers}, {model.RoutedLayers} of them with routed experts" : $"{model.Layers}");
        yield return ("width", $"{model.HiddenSize}");
        yield return ("positions", $"{model.MaxLength}");
        yield return ("vocabulary", $"{model.VocabularySize}");
        yield return ("cache", $"{model.CacheBytesPerToken} bytes a token: {model.CacheHeads} heads of {model.KeyColumns} key and {model.ValueColumns} value columns, float32");
        yield return ("attention", InWords(model.Attention));
        yield return ("template", model.Template ?? "none");
        foreach ((string, string) line in Lines(model.Formats).Concat(Lines(model.Memory, model.Context)))
        {
            yield return line;
        }

        yield return ("weights", model.WeightsSha256);
        if (model.FileSha256 is { } hash)
        {
            yield return ("file", $"{hash} (SHA-256 of {Models.ModelFolder.WeightsFile})");
        }
    }
}
