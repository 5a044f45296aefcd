using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>sputnik bench [MODEL | -m MODEL | --recipe RECIPE]: how fast a model runs and learns on this machine.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("MODEL")
        {
            Description = "A GGUF file, a model folder or the name of a pulled model: prints what llama-bench prints.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> model = CommonOptions.Model();
        var recipe = new Option<string?>("--recipe") { Description = "Takes the shape of a recipe's model, with random weights.", HelpName = "DIR" };
        var tests = new ThroughputOptions();
        Option<bool> json = CommonOptions.Json("the measurements");
        var command = new Command("bench", "Measures prefill, decoding and a training step against the machine's own peak; or tokens a second of MODEL. Medians.") { file, model, recipe, json };
        tests.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(file) is string path)
            {
                tests.Run(ModelLocation.Resolve(path), parsed, parsed.GetValue(json));
                return ExitCode.Done;
            }

            (ILanguageModel opened, string name) = Open(parsed.GetValue(model), parsed.GetValue(recipe));
            using (opened)
            {
                using var workers = new Workers(tests.Threads(parsed)[0]);
                using var check = new SpeedCheck(opened, workers);
                Show(check.Run(name), parsed.GetValue(json));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static (ILanguageModel Model, string Name) Open(string? folder, string? recipePath)
    {
        if (recipePath is null)
        {
            string found = ModelLocation.Resolve(folder);
            return (ModelFolder.Open(found), found);
        }

        if (folder is not null)
        {
            throw new ArgumentException("bench takes --model or --recipe, not both.");
        }

        Recipe recipe = RecipeJson.Load(recipePath, []);
        var model = new DeepSeekV3Model(recipe.Model);
        ModelInitializer.Initialize(model, recipe.Seed);
        return (model, $"{recipe.Name} (random weights)");
    }

    private static void Show(SpeedReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, CliJsonContext.Default.SpeedReport));
            return;
        }

        Console.WriteLine($"{report.Model}: {report.Family}, {Quantity.Scaled(report.Parameters)} parameters, {Quantity.Scaled(report.Active)} active");
        Console.WriteLine($"{report.Machine}; {report.Threads} threads, FMA peak {Quantity.Figures(report.PeakGflops)} GFLOP/s");
        Table table = Look.Numbers("what", "rows", "median", "tokens/s", "GFLOP/s", "of peak");
        foreach (SpeedLine line in report.Lines)
        {
            table.Row(
                line.Name,
                $"{line.Rows}",
                Quantity.Duration(line.Seconds),
                Quantity.Scaled(line.TokensPerSecond),
                Quantity.Figures(line.Gflops),
                Quantity.Percent(line.PeakShare));
        }

        TerminalKind.OfOutput().ToConsole().Write(table);
    }
}
