using System.CommandLine;
using Sputnik.Generation;
using Sputnik.Models;

namespace Sputnik.Cli;

/// <summary>How a command opens the model it is told: its options, spelt alike everywhere.</summary>
/// <param name="context">The option for the positions, where the command has one.</param>
internal sealed class ModelOpening(Option<int?>? context = null)
{
    private readonly Option<string> _groups = CommonOptions.ExpertGroups();

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        if (context is not null)
        {
            command.Add(context);
        }

        command.Add(_groups);
    }

    /// <summary>Positions asked for; null where none were.</summary>
    public int? Context(ParseResult parsed) => context is null ? null : parsed.GetValue(context);

    /// <summary>What was asked for.</summary>
    public ModelOptions Options(ParseResult parsed)
    {
        ModelOptions options = new() { Groups = CommonOptions.ExpertGroups(parsed.GetValue(_groups)) };
        return Context(parsed) is int length ? options with { MaxLength = length } : options;
    }

    /// <summary>Opens a model to be run.</summary>
    /// <param name="named">Its path or name; null = the model that comes with Sputnik.</param>
    /// <param name="parsed">What was asked for.</param>
    /// <exception cref="ArgumentException">It has fewer positions than asked for.</exception>
    public LoadedModel Open(string? named, ParseResult parsed)
    {
        string path = ModelLocation.Resolve(named);
        LoadedModel loaded = LoadedModel.Open(path, Options(parsed));
        int own = loaded.Model.MaxLength;
        if (Context(parsed) is not int asked || own >= asked)
        {
            return loaded;
        }

        loaded.Dispose();
        throw new ArgumentException($"{path} has {own} positions, --context {asked} asks for more: take {own} or less.");
    }
}
