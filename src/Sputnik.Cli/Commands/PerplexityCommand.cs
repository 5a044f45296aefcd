using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Sputnik.Generation;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Cli;

/// <summary>sputnik perplexity MODEL FILE: how well a model predicts a text, and how far it is from another model.</summary>
internal static class PerplexityCommand
{
    // llama.cpp's default, so that numbers can be compared.
    private const int DefaultContext = 512;

    private static readonly Argument<string> Model = new("model") { Description = "A .gguf file, a model folder, or the name of a pulled model." };

    private static readonly Argument<string> TextFile = new("file") { Description = "A text in UTF-8." };

    private static readonly Option<string?> Against = new("--against")
    {
        Description = "The model it should be like, of the same vocabulary: prints the KL divergence from it.",
        HelpName = "MODEL",
    };

    private static readonly Option<int?> Context = CommonOptions.AtLeast(4, new Option<int?>("--context", "-c")
    {
        Description = $"Tokens of a window. The first half of each is context, tokens of the second half are scored. Default: {DefaultContext}, or what the model reads.",
        HelpName = "TOKENS",
    });

    private static readonly Option<int> Threads = CommonOptions.Threads();

    private static readonly Option<string> Groups = CommonOptions.ExpertGroups();

    // The reference's are never rounded: against the model itself, it is the rounding that is measured.
    private static readonly Option<KvType> Kv = CommonOptions.Kv();

    private static readonly Option<bool> Json = CommonOptions.Json("the scores");

    public static Command Create()
    {
        var command = new Command("perplexity", "Measures how well a model predicts a text, window by window as llama.cpp's tool cuts it, and its KL divergence from another model.")
        {
            Model, TextFile, Against, Context, Kv, Threads, Groups, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string text = PlainText.Read(parsed.GetRequiredValue(TextFile));
        Models.ModelOptions options = CommonOptions.Opened(parsed.GetValue(Groups));
        string path = ModelLocation.Resolve(parsed.GetRequiredValue(Model));
        string? against = parsed.GetValue(Against) is { } named ? ModelLocation.Resolve(named) : null;
        using LoadedModel model = LoadedModel.Open(path, options);
        using LoadedModel? reference = against is null ? null : LoadedModel.Open(against, options);
        if (reference is not null)
        {
            Vocabularies.RequireSame(model.Tokenizer, reference.Tokenizer);
        }

        TextWindows windows = Windows(model, reference, text, parsed.GetValue(Context));
        using Workers workers = new(parsed.GetValue(Threads));
        using PerplexityTest test = new(model.Model, reference?.Model, workers, windows, parsed.GetValue(Kv));
        using Interruption interruption = new("Stopping. What was scored follows.");
        bool json = parsed.GetValue(Json);
        Score(test, windows, json, interruption.Token);
        if (test.Score.Tokens > 0)
        {
            Show(new()
            {
                Model = path,
                Against = against,
                Context = windows.Length,
                Windows = test.Done,
                WindowsInText = windows.Count,
                Score = test.Score,
                Reference = test.Reference,
                Divergence = test.Divergence,
            }, json);
        }

        return interruption.Token.IsCancellationRequested ? interruption.Code : ExitCode.Done;
    }

    private static void Score(PerplexityTest test, TextWindows windows, bool json, CancellationToken cancellation)
    {
        WorkProgress progress = new((long)windows.Count * windows.Length, " tokens", json ? Console.Error : Console.Out, TerminalKind.OfOutput().IsLive && !json, TimeProvider.System);
        while (test.Next(cancellation))
        {
            progress.Moved(windows.Length, $"perplexity {Number(test.Score.Perplexity)}, ");
        }

        progress.End();
    }

    private static TextWindows Windows(LoadedModel model, LoadedModel? reference, string text, int? context)
    {
        int most = Math.Min(model.Model.MaxLength, reference?.Model.MaxLength ?? int.MaxValue);
        if (context > most)
        {
            throw new ArgumentException($"The model reads {most} tokens, a window of {context} was asked for: take --context {most} or less.");
        }

        Tokenizer tokenizer = model.Tokenizer;
        return new(Tokens(tokenizer, text), context ?? Math.Min(most, DefaultContext), tokenizer.AddBos ? tokenizer.BosId : null);
    }

    // A vocabulary that begins texts with a token has it before the whole text too: windows then fall as llama.cpp's do.
    private static int[] Tokens(Tokenizer tokenizer, string text) =>
        tokenizer is { AddBos: true, BosId: int begin } ? [begin, .. tokenizer.Encode(text)] : tokenizer.Encode(text);

    private static void Show(PerplexityReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, CliJsonContext.Default.PerplexityReport));
            return;
        }

        string partly = report.Windows < report.WindowsInText ? $" of {report.WindowsInText}" : "";
        Table table = Look.Numbers($"{report.Score.Tokens} tokens in {report.Windows}{partly} windows of {report.Context}", "");
        table.Row("perplexity", WithError(report.Score.Perplexity, report.Score.Error));
        if (report is { Reference: { } reference, Divergence: { } kl })
        {
            table.Row("perplexity of the reference", WithError(reference.Perplexity, reference.Error));
            table.Row("ratio of perplexities", WithError(kl.Ratio, kl.RatioError));
            table.Row("change of log p, mean", WithError(kl.LogRatio, kl.LogRatioError));
            table.Row("KL divergence, mean", WithError(kl.Mean, kl.Error));
            table.Row("KL divergence, median", Number(kl.Median));
            table.Row("KL divergence, 90 % below", Number(kl.P90));
            table.Row("KL divergence, 99 % below", Number(kl.P99));
            table.Row("KL divergence, largest", Number(kl.Max));
            table.Row("same most likely token", $"{Percent(kl.SameTop)} ± {Percent(kl.SameTopError)} %");
        }

        TerminalKind.OfOutput().ToConsole().Write(table);
    }

    private static string WithError(double value, double error) => $"{Number(value)} ± {Number(error)}";

    private static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(Math.Abs(value) < 0.1 ? "0.000000" : "0.0000", CultureInfo.InvariantCulture);
}
