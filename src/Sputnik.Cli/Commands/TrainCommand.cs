using System.CommandLine;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>sputnik train RECIPE, or --resume: from nothing to a model that reasons.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var recipe = new Argument<string?>("recipe") { Description = "Recipe folder or file.", Arity = ArgumentArity.ZeroOrOne };
        var folder = new Option<string?>("--out", "-o") { Description = "Run folder. Default: runs/NAME-SEED.", HelpName = "DIR" };
        var resume = new Option<string?>("--resume")
        {
            Description = "Goes on with a run: that of the folder, or the latest that was interrupted.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "DIR",
        };
        var changes = new Option<string[]>("--set") { Description = "Changes a value of the recipe. May be given often.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
        var ignoreGate = new Option<bool>("--ignore-gate") { Description = "Reinforcement learning even where direct answers beat thinking." };
        Option<int> threads = CommonOptions.Threads();
        Option<double> price = CommonOptions.Price();
        Option<bool> json = CommonOptions.Json("every event on a line");
        var command = new Command("train", $"Trains a model by a recipe. Ends with {ExitCode.GateClosed} where the base model is not ready for reinforcement learning.")
        {
            recipe, folder, resume, changes, threads, ignoreGate, price, json,
        };
        command.SetAction(parsed => Run(new TrainRequest
        {
            Recipe = parsed.GetValue(recipe),
            Folder = parsed.GetValue(folder),
            Resumes = parsed.GetResult(resume) is not null,
            ResumedFolder = parsed.GetValue(resume),
            Changes = parsed.GetValue(changes) ?? [],
            Options = new() { Threads = parsed.GetValue(threads), IgnoreGate = parsed.GetValue(ignoreGate) },
            Price = parsed.GetValue(price),
            Json = parsed.GetValue(json),
        }));
        return command;
    }

    private static int Run(TrainRequest request)
    {
        RunPlan plan = request.ToPlan();
        using var interruption = new Interruption();
        try
        {
            RunSummary summary = Watcher.Watch(
                request.Json, request.Price, observer => TrainingRun.Execute(plan.Recipe, plan.Folder, request.Options, observer, interruption.Token));
            Publish(request, plan.Folder);
            return summary.Finished ? ExitCode.Done : Interrupted(plan.Folder, interruption.Code);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            Publish(request, plan.Folder);
            return Interrupted(plan.Folder, interruption.Code);
        }
        catch (TrainingRefusedException)
        {
            Publish(request, plan.Folder);
            throw;
        }
    }

    /// <summary>Writes what people read of a run: its page, and beside a finished model its card.</summary>
    private static void Publish(TrainRequest request, string folder)
    {
        RecordedRun run = RecordedRun.Read(folder);
        string report = RunReport.Write(run, request.Price);
        string? card = run.Summary is null ? null : ModelCard.Write(run, request.Price);
        if (!request.Json)
        {
            Console.WriteLine($"report: {report}");
            if (card is not null)
            {
                Console.WriteLine($"model:  {run.ModelPath} (its card: {card})\ntry it: sputnik chat --model {run.ModelPath}");
            }
        }
    }

    private static int Interrupted(string folder, int code)
    {
        Console.Error.WriteLine($"Stopped and saved. To go on: {RunWords.Resume(folder)}");
        return code;
    }
}
