using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>sputnik perplexity MODEL FILE [--against OTHER]: how well a model predicts a text, and how far it is from another.</summary>
internal sealed class PerplexityCommand
{
    // As llama-perplexity, so that figures compare.
    private const int UsualContext = 512;

    private readonly Argument<string> _model = new("model") { Description = "A GGUF file, a model folder or the name of a pulled model." };
    private readonly Argument<string> _file = new("file") { Description = "A text in UTF-8." };
    private readonly Option<string?> _against = new("--against")
    {
        Description = "The reference, for example the model before it was quantised: also prints the divergence KL(reference ‖ model).",
        HelpName = "OTHER",
    };

    private readonly Option<int?> _windows = CommonOptions.AtLeast(1, new Option<int?>("--windows")
    {
        Description = "Reads only so many windows. Default: all.",
        HelpName = "NUMBER",
    });

    private readonly Option<bool> _all = new("--all") { Description = "Scores the first half of each window too." };
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<bool> _json = CommonOptions.Json("the result");
    private readonly ModelOpening _opening = new(CommonOptions.AtLeast(TextWindows.ShortestLength, CommonOptions.Context(
        $"Tokens of a window. Its first half is context, its second half is scored. Default: {UsualContext}, or what the model has.")));

    public static Command Create()
    {
        PerplexityCommand options = new();
        var command = new Command("perplexity", "Measures how well a model predicts a text, as llama-perplexity does; with --against also how far it is from another model.")
        {
            options._model, options._file, options._against, options._windows, options._all, options._threads, options._json,
        };
        options._opening.AddTo(command);
        command.SetAction(options.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(_file), named = parsed.GetRequiredValue(_model);
        string text = PlainText.Read(file);
        using LoadedModel model = _opening.Open(named, parsed);
        using LoadedModel? reference = parsed.GetValue(_against) is string other ? _opening.Open(other, parsed) : null;
        if (reference is not null)
        {
            Vocabularies.RequireSame(model.Tokenizer, reference.Tokenizer);
        }

        int context = _opening.Context(parsed)
            ?? Math.Min(UsualContext, Math.Min(model.Model.MaxLength, reference?.Model.MaxLength ?? UsualContext));
        TextWindows windows = TextWindows.Of(text, model.Tokenizer, context, parsed.GetValue(_all), parsed.GetValue(_windows));
        using var workers = new Workers(parsed.GetValue(_threads));
        using var interruption = new Interruption("Stopping. What was reached follows.");
        var work = new ScoringWork(windows, workers, ScoringProgress.ToTerminal(), interruption.Token);
        PerplexityReport report = reference is null ? work.Score(model.Model) : work.Compare(model.Model, reference.Model);
        Show(report with { Model = named, File = file, Reference = parsed.GetValue(_against) }, parsed.GetValue(_json));
        return report.Complete ? ExitCode.Done : interruption.Code;
    }

    private static void Show(PerplexityReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, CliJsonContext.Default.PerplexityReport));
            return;
        }

        Console.WriteLine($"{report.Model} on {report.File}: {report.Windows} of {report.Of} windows of {report.Context} tokens, {report.Perplexity.Tokens} tokens scored, {Quantity.Duration(report.Seconds)}");
        Console.WriteLine($"perplexity        {Number(report.Perplexity.Perplexity, 4)} ± {Number(report.Perplexity.StandardError, 4)}");
        if (report.Divergence is { } d)
        {
            Console.WriteLine($"of the reference  {Number(d.Reference.Perplexity, 4)} ± {Number(d.Reference.StandardError, 4)}  {report.Reference}");
            Console.WriteLine($"ratio             {Number(d.Ratio.Mean, 6)} ± {Number(d.Ratio.StandardError, 6)}");
            Console.WriteLine($"divergence        {Number(d.Divergence.Mean, 6)} ± {Number(d.Divergence.StandardError, 6)} nats, KL(reference ‖ model)");
            Console.WriteLine($"  median          {Number(d.Median, 6)}, 90 % below {Number(d.Percentile90, 6)}, 99 % below {Number(d.Percentile99, 6)}, largest {Number(d.Largest, 6)}");
            Console.WriteLine($"same top token    {Number(100 * d.SameTop.Mean, 2)} ± {Number(100 * d.SameTop.StandardError, 2)} %");
            Console.WriteLine($"change of log p   {Number(d.Change.Mean, 6)} ± {Number(d.Change.StandardError, 6)} nats");
        }
    }

    private static string Number(double? value, int decimals) => value?.ToString($"F{decimals}", CultureInfo.InvariantCulture) ?? "–";
}
