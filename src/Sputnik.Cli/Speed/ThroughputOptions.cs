using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>What <c>sputnik bench MODEL</c> measures, under llama-bench's names, and how it is shown.</summary>
internal sealed class ThroughputOptions
{
    private readonly Option<int> _prompt = CommonOptions.AtLeast(0, new Option<int>("-p")
    {
        Description = "Tokens of the prompt; 0 leaves it out.",
        HelpName = "TOKENS",
        DefaultValueFactory = _ => 512,
    });

    private readonly Option<int> _steps = CommonOptions.AtLeast(0, new Option<int>("-n")
    {
        Description = "Tokens made for each sequence; 0 leaves it out.",
        HelpName = "TOKENS",
        DefaultValueFactory = _ => 128,
    });

    private readonly Option<string> _batches = new("-b")
    {
        Description = "Sequences that make tokens together, by commas.",
        HelpName = "LIST",
        DefaultValueFactory = _ => "1",
    };

    private readonly Option<string> _threads = new("--threads", "-t")
    {
        Description = "Threads of the engine, by commas. They change the speed, never the answer.",
        HelpName = "LIST",
        DefaultValueFactory = _ => Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
    };

    private readonly Option<string> _groups = CommonOptions.ExpertGroups();

    private readonly Option<KvType> _kv = CommonOptions.Kv();

    private readonly Option<int> _repetitions = CommonOptions.AtLeast(1, new Option<int>("-r")
    {
        Description = "Repetitions; the median counts.",
        HelpName = "TIMES",
        DefaultValueFactory = _ => 3,
    });

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_prompt);
        command.Add(_steps);
        command.Add(_batches);
        command.Add(_threads);
        command.Add(_repetitions);
        command.Add(_groups);
        command.Add(_kv);
    }

    /// <summary>The thread counts asked for.</summary>
    public IReadOnlyList<int> Threads(ParseResult parsed) => Numbers("--threads", parsed.GetValue(_threads));

    /// <summary>Measures a model and prints the result.</summary>
    public void Run(string path, ParseResult parsed, bool json)
    {
        int prompt = parsed.GetValue(_prompt), steps = parsed.GetValue(_steps);
        IReadOnlyList<int> batches = Numbers("-b", parsed.GetValue(_batches));
        int longest = Math.Max(1, Math.Max(prompt, steps));
        using ModelFile file = ModelFile.Open(path, CommonOptions.Opened(parsed.GetValue(_groups)) with { MaxLength = longest });
        ILanguageModel model = file.Model;
        if (model.MaxLength < longest)
        {
            throw new ArgumentException($"{path} reads {model.MaxLength} tokens, -p {prompt} or -n {steps} asks for more: take {model.MaxLength} or less.");
        }

        List<ThroughputReport> reports = [];
        foreach (int threads in Threads(parsed))
        {
            using var workers = new Workers(threads);
            using var throughput = new Throughput(model, workers, parsed.GetValue(_kv));
            int repetitions = parsed.GetValue(_repetitions);
            List<ThroughputLine> lines = prompt > 0 ? [throughput.Prompt(prompt, repetitions)] : [];
            lines.AddRange(steps > 0 ? batches.Select(batch => throughput.Decode(steps, batch, repetitions)) : []);
            reports.Add(new() { Model = path, Family = model.Architecture, Parameters = model.Parameters, Threads = threads, Results = lines });
        }

        Show(reports, json);
    }

    private static void Show(List<ThroughputReport> reports, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(reports, CliJsonContext.Default.IReadOnlyListThroughputReport));
            return;
        }

        Console.WriteLine($"{reports[0].Model}: {reports[0].Family}, {Quantity.Scaled(reports[0].Parameters)} parameters; {MachineName.Current}");
        Table table = Look.Numbers("test", "threads", "batch", "tokens/s");
        foreach (ThroughputReport report in reports)
        {
            foreach (ThroughputLine line in report.Results)
            {
                table.Row(line.Test, $"{report.Threads}", line.Batch is int batch ? $"{batch}" : "", Quantity.Figures(line.TokensPerSecond));
            }
        }

        TerminalKind.OfOutput().ToConsole().Write(table);
    }

    private static IReadOnlyList<int> Numbers(string option, string? list) =>
        [.. (list ?? "").Split(',').Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 1024
            ? number
            : throw new ArgumentException($"{option} takes whole numbers from 1 to 1024 by commas, got '{list}'."))];
}
