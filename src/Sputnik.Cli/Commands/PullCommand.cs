using System.CommandLine;
using System.Text.Json;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>sputnik pull REPO[:FILE]: a model from a hub, or from this machine, into the store.</summary>
internal static class PullCommand
{
    private static readonly Argument<string?> Name = new("repository")
    {
        Description = "OWNER/NAME for config, tokenizer and safetensors; OWNER/NAME:FILE for one file, a pattern (\"*Q4_K_M*.gguf\") or a word of a GGUF file's name (Q4_K_M). Split files come whole.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Endpoint = new("--endpoint")
    {
        Description = $"Address of the hub. Default: {HubSettings.EndpointVariable}, else {HubSettings.DefaultEndpoint}.",
        HelpName = "URL",
    };

    private static readonly Option<string?> Token = new("--token")
    {
        Description = $"Token for private and gated repositories. Default: {HubSettings.TokenVariable}, which does not stay in the shell's history.",
    };

    private static readonly Option<string> Revision = new("--revision")
    {
        Description = "Branch, tag or commit.",
        DefaultValueFactory = _ => "main",
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = $"Folder for the files. Default: OWNER/NAME in {ModelStore.Variable}, else in {ModelStore.DefaultRoot}, where --model finds it by name.",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Offline = new("--offline")
    {
        Description = "Imports a folder or a GGUF file of this machine instead: checked, copied (without taking room where the file system shares blocks), known by name.",
        HelpName = "PATH",
    };

    private static readonly Option<bool> Json = CommonOptions.Json("what was pulled");

    public static Command Create()
    {
        var command = new Command("pull", "Gets a model from a hub, checks it and keeps it; goes on where it was interrupted.") { Name, Endpoint, Token, Revision, To, Offline, Json };
        command.SetAction(async (parsed, _) => await Run(parsed));
        return command;
    }

    private static async Task<int> Run(ParseResult parsed)
    {
        using Interruption interruption = new("Stopping. What came is kept; the same command goes on from there.");
        CancellationToken cancellation = interruption.Token;
        Func<IPullProgress, Task<PullReport>> work = parsed.GetValue(Offline) is { } path ? Importing(parsed, path, cancellation) : Pulling(parsed, cancellation);
        try
        {
            TerminalKind terminal = TerminalKind.OfOutput();
            bool json = parsed.GetValue(Json);
            PullReport report = terminal.IsLive && !json
                ? await PullBar.Show(terminal.ToConsole(), work)
                : await work(new PullLines(json ? Console.Error : Console.Out, TimeProvider.System));
            Console.WriteLine(json ? JsonSerializer.Serialize(report, HubJsonContext.Default.PullReport) : Sentence(report));
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return interruption.Code;
        }
    }

    private static Func<IPullProgress, Task<PullReport>> Pulling(ParseResult parsed, CancellationToken cancellation)
    {
        HubReference reference = HubReference.Parse(parsed.GetValue(Name)
            ?? throw new ArgumentException("pull needs a repository: sputnik pull OWNER/NAME, or OWNER/NAME:FILE for a GGUF file."));
        string revision = RevisionOf(parsed);
        HubSettings settings = HubSettings.Of(parsed.GetValue(Endpoint), parsed.GetValue(Token), Environment.GetEnvironmentVariable);
        return async progress =>
        {
            using HubClient client = new(settings);
            return await new Puller(client, progress, TimeProvider.System, Puller.FreeBytes).Pull(reference, revision, FolderOf(parsed, reference), cancellation);
        };
    }

    private static Func<IPullProgress, Task<PullReport>> Importing(ParseResult parsed, string path, CancellationToken cancellation)
    {
        string name = parsed.GetValue(Name) ?? $"local/{Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))}";
        HubReference reference = HubReference.Parse(name);
        return progress => new ModelImport(progress, TimeProvider.System).Import(path, reference, FolderOf(parsed, reference), cancellation);
    }

    private static string FolderOf(ParseResult parsed, HubReference reference) => parsed.GetValue(To) ?? ModelStore.OfUser().FolderOf(reference.Repository);

    private static string RevisionOf(ParseResult parsed)
    {
        string revision = parsed.GetValue(Revision) ?? "main";
        return PlainPath.Fault(revision) is null
            ? revision
            : throw new ArgumentException($"'{PlainPath.Shown(revision)}' is no revision; give a branch, a tag or a commit.");
    }

    private static string Sentence(PullReport report)
    {
        string size = $"{Quantity.Scaled(report.Files.Sum(file => file.Size))}B";
        return $"{report.Repository}: {report.Files.Count} {(report.Files.Count == 1 ? "file" : "files")}, {size}, checked, in {report.Folder}";
    }
}
