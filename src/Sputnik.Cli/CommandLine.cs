using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sputnik.Text;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>Turns arguments into an exit code (<see cref="ExitCode"/>). The caller's fault costs one sentence, never a stack trace.</summary>
internal static partial class CommandLine
{
    /// <summary>Every command.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Sputnik learns to reason from nothing, and runs what it learned, on an ordinary computer.")
        {
            TrainCommand.Create(),
            ReportCommand.Create(),
            RunCommand.Create(),
            ChatCommand.Create(),
            ServeCommand.Create(),
            KeysCommand.Create(),
            UsageCommand.Create(),
            EvalCommand.Create(),
            InspectCommand.Create(),
            LogitsCommand.Create(),
            PerplexityCommand.Create(),
            BenchCommand.Create(),
            PullCommand.Create(),
            ModelsCommand.Create(),
            QuantizeCommand.Create(),
            ConvertCommand.Create(),
            TokenizeCommand.Create(),
            TemplateCommand.Create(),
        };
        Examples.AddTo(root);
        return root;
    }

    /// <summary>Parses, runs, and says in one sentence what went wrong.</summary>
    /// <param name="args">As typed.</param>
    /// <param name="error">Where it is said.</param>
    public static int Invoke(string[] args, TextWriter error)
    {
        RootCommand root = Create();
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && !Examples.IsHelp(parsed))
        {
            error.WriteLine($"sputnik: {string.Join(' ', parsed.Errors.Select(e => Plain(e.Message)).Distinct())} Try '{HelpFor(parsed)}'.");
            return ExitCode.CallersFault;
        }

        try
        {
            // Commands that must end whole listen to signals themselves (Interruption).
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e)
        {
            int code = CodeOf(e);
            error.WriteLine(code == ExitCode.OurFault ? $"sputnik: this is a fault of Sputnik, not yours.\n{e}" : $"sputnik: {FirstLine(e)}");
            return code;
        }
    }

    /// <summary>The exit code of an error.</summary>
    internal static int CodeOf(Exception error) => error switch
    {
        OperationCanceledException => ExitCode.Interrupted,
        TrainingRefusedException => ExitCode.GateClosed,
        ArgumentException or InvalidDataException or NotSupportedException or IOException or UnauthorizedAccessException
            or TemplateException or JsonException => ExitCode.CallersFault,
        _ => ExitCode.OurFault,
    };

    // ArgumentException appends "(Parameter 'x')": the name of a variable means nothing at a terminal.
    private static string FirstLine(Exception e)
    {
        string text = e.Message;
        int tail = e is ArgumentException { ParamName: not null } ? text.LastIndexOf(" (Parameter", StringComparison.Ordinal) : -1;
        return tail < 0 ? text : text[..tail];
    }

    /// <summary>A parser's message without the names of .NET's types, as one sentence on one line.</summary>
    private static string Plain(string message)
    {
        string text = WholeNumber().Replace(message, "as a whole number");
        text = Number().Replace(text, "as a number").ReplaceLineEndings(" ").Trim();
        return text.EndsWith('.') ? text : text + ".";
    }

    private static string HelpFor(ParseResult parsed)
    {
        string words = "--help";
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
        {
            words = $"{command.Command.Name} {words}";
        }

        return $"sputnik {words}";
    }

    [GeneratedRegex("as expected type '[^']*(?:Int32|Int64|UInt64)[^']*'")]
    private static partial Regex WholeNumber();

    [GeneratedRegex("as expected type '[^']*(?:Single|Double)[^']*'")]
    private static partial Regex Number();
}
