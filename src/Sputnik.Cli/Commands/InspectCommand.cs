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
            if (File.Exists(folder))
            {
                ShowGguf(GgufDescription.Of(folder, parsed.GetValue(context), parsed.GetValue(tensors)), parsed.GetValue(json));
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

    private static void ShowGguf(GgufDescription file, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(file, CliJsonContext.Default.GgufDescription));
            return;
        }

        Console.WriteLine($"architecture  {file.Architecture}{(file.Name is null ? "" : $", {file.Name}")}");
        Console.WriteLine($"parameters    {Quantity.Scaled(file.Parameters)} ({file.Parameters}), {Quantity.Scaled(file.Active)} active");
        Console.WriteLine($"formats       {string.Join(", ", file.Formats.Select(f => $"{f.Key} {Quantity.Scaled(f.Value)}"))}");
        Console.WriteLine($"weights       {Quantity.Scaled(file.WeightBytes)}B");
        Console.WriteLine($"context       {file.ContextLength} tokens; the cache takes {file.CacheBytesPerToken} bytes a token");
        Console.WriteLine($"memory        {InWords(file.Memory, file.Context)}");
        Console.WriteLine($"vocabulary    {file.Vocabulary ?? "none"}; {(file.HasTemplate ? "with" : "without")} a chat template");
        foreach ((string name, string tensor) in file.Tensors ?? new Dictionary<string, string>())
        {
            Console.WriteLine($"{name,-40} {tensor}");
        }
    }

    private static string InWords(MemoryPlan plan, int context) =>
        $"{Quantity.Scaled(plan.Total)}B for {context} tokens: weights {Quantity.Scaled(plan.Weights)}B, cache {Quantity.Scaled(plan.Cache)}B, at most {Quantity.Scaled(plan.Scratch)}B of activations";

    private static void Show(ModelDescription model, IAnsiConsole console)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn());
        foreach ((string name, string value) in Lines(model))
        {
            grid.AddRow(Look.Say(name, Look.Dim), Look.Say(value));
        }

        console.Write(grid);
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

    private static IEnumerable<(string Name, string Value)> Lines(ModelDescription model)
    {
        yield return ("family", model.Family);
        yield return ("parameters", model.Active < model.Parameters
            ? $"{Quantity.Scaled(model.Parameters)} ({model.Parameters}), {Quantity.Scaled(model.Active)} active"
            : $"{Quantity.Scaled(model.Parameters)} ({model.Parameters})");
        yield return ("layers", model.RoutedLayers > 0 ? $"{model.Layers}, {model.RoutedLayers} of them with routed experts" : $"{model.Layers}");
        yield return ("width", $"{model.HiddenSize}");
        yield return ("positions", $"{model.MaxLength}");
        yield return ("vocabulary", $"{model.VocabularySize}");
        yield return ("cache", $"{model.CacheBytesPerToken} bytes a token: {model.CacheHeads} heads of {model.KeyColumns} key and {model.ValueColumns} value columns, float32");
        yield return ("memory", InWords(model.Memory, model.Context));
        yield return ("formats", string.Join(", ", model.Formats.Select(f => $"{f.Key} {Quantity.Scaled(f.Value)}")));
        yield return ("template", model.HasTemplate ? "the model's own" : "none");
        yield return ("weights", model.WeightsSha256);
        if (model.FileSha256 is { } hash)
        {
            yield return ("file", $"{hash} (SHA-256 of {Models.ModelFolder.WeightsFile})");
        }
    }
}
