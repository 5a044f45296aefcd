using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Sputnik.Generation;
using Sputnik.Tasks;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>sputnik eval MODEL: judges a model on held-out problems by the rule that training rewards.</summary>
internal static class EvalCommand
{
    // Prompts of our families stay below this; with the answer they bound the cache.
    private const int LongestPrompt = 512;

    // Sequences at once: enough rows to fill the kernels.
    private const int Sequences = 256;

    public static Command Create()
    {
        var model = new Argument<string?>("model") { Description = "Model folder, or the name of a pulled model. Default: the model that comes with Sputnik.", Arity = ArgumentArity.ZeroOrOne };
        var tasks = new Option<string?>("--tasks") { Description = "Families of problems, separated by commas. Default: those the model was trained on.", HelpName = "chain,equation,…" };
        var split = new Option<string>("--split") { Description = "Which problems; hard is beyond all that was trained.", DefaultValueFactory = _ => "test" };
        split.AcceptOnlyFromAmong("train", "validation", "test", "hard");
        Option<int> count = CommonOptions.AtLeast(1, new Option<int>("--n") { Description = "Problems.", DefaultValueFactory = _ => 256 });
        Option<int> samples = CommonOptions.AtLeast(1, new Option<int>("--k") { Description = "Answers to each, at temperature 1; cons@k votes over them.", DefaultValueFactory = _ => 16 });
        Option<ulong> seed = CommonOptions.Seed();
        Option<int?> maxTokens = CommonOptions.MaxNewTokens();
        Option<int> threads = CommonOptions.Threads();
        Option<string> groups = CommonOptions.ExpertGroups();
        Option<bool> json = CommonOptions.Json("the whole evaluation");
        var command = new Command("eval", "Judges a model on held-out problems, with standard errors over the problems.")
        {
            model, tasks, split, count, samples, seed, maxTokens, threads, groups, json,
        };
        command.SetAction(parsed =>
        {
            string folder = ModelLocation.Resolve(parsed.GetValue(model));
            var problems = new ProblemSource(Mix(parsed.GetValue(tasks), RecipeJson.OfModel(folder)?.Problems ?? new()));
            using LoadedModel loaded = LoadedModel.Open(folder, CommonOptions.Opened(parsed.GetValue(groups)));
            using var workers = new Workers(parsed.GetValue(threads));
            int longest = parsed.GetValue(maxTokens) ?? loaded.Generation.MaxNewTokens;
            using var generator = new Generator(
                loaded.Model, workers, Math.Max(Sequences, parsed.GetValue(samples)), Math.Min(loaded.Model.MaxLength, LongestPrompt + longest));
            var evaluator = new Evaluator(generator, loaded.Tokenizer, problems, parsed.GetValue(seed));
            EvaluationRecord record = evaluator.Run("eval", 0, Parse(parsed.GetValue(split)), parsed.GetValue(count), parsed.GetValue(samples), longest);
            Show(record, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static Split Parse(string? name) => name switch
    {
        "train" => Split.Train,
        "validation" => Split.Validation,
        "hard" => Split.Hard,
        _ => Split.Test,
    };

    /// <summary>The mix a model was trained on; of it the named families, those it never saw in their usual shares.</summary>
    internal static FamilyMix Mix(string? tasks, FamilyMix trained)
    {
        if (tasks is null)
        {
            return trained;
        }

        string[] names = tasks.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        TaskFamilies families = new();
        foreach (string name in names)
        {
            families.Named(name);
        }

        FamilyMix usual = new();
        double Share(string name, double share, double otherwise) => !names.Contains(name) ? 0 : share > 0 ? share : otherwise;
        return trained with
        {
            Chain = Share("chain", trained.Chain, usual.Chain),
            Equation = Share("equation", trained.Equation, usual.Equation),
            Calendar = Share("calendar", trained.Calendar, usual.Calendar),
            Cups = Share("cups", trained.Cups, usual.Cups),
        };
    }

    private static void Show(EvaluationRecord record, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(record, CliJsonContext.Default.EvaluationRecord));
            return;
        }

        EvaluationReport report = record.Report;
        IAnsiConsole console = TerminalKind.OfOutput().ToConsole();
        console.Write(Headline(record));
        console.Write(Tables.Groups("family", report.ByFamily.Select(g => (g.Family ?? "", g))));
        console.Write(Tables.Groups("difficulty", report.ByDifficulty.Select(g => ($"{g.Family} {g.Difficulty}", g))));
        console.Write(Tables.Groups("style", report.ByStyle.Select(g => (g.Style.ToString()?.ToLowerInvariant() ?? "", g))));
    }

    private static Table Headline(EvaluationRecord record)
    {
        EvaluationReport report = record.Report;
        int k = report.Responses / report.Problems;
        Table table = Look.Numbers($"{record.Split.ToString().ToLowerInvariant()}: n = {report.Problems} problems, k = {k} answers", "mean ± standard error");
        foreach (PassAtKScore score in report.PassAtK)
        {
            table.Row($"pass@{score.K}", Quantity.WithError(score.Score));
        }

        table.Row($"cons@{k}", Quantity.WithError(report.Consensus));
        table.Row("length in tokens", Quantity.WithError(report.Tokens, 1));
        table.Row("cut off", Quantity.WithError(report.Truncated));
        table.Row("format", Quantity.WithError(report.Format));
        table.Row("language", report.Language is { } language ? Quantity.WithError(language) : "–");
        table.Row("checks", Quantity.WithError(report.Checks));
        table.Row("answers with checks", Quantity.WithError(report.WithChecks));
        table.Row("corrections", Quantity.WithError(report.Corrections));
        table.Row("answers with corrections", Quantity.WithError(report.WithCorrections));
        return table;
    }
}
