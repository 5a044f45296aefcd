using System.CommandLine;
using Sputnik.Generation;
using Sputnik.Models;

namespace Sputnik.Cli;

/// <summary>How a command opens the model it is told: its options, spelt alike everywhere.</summary>
internal sealed class ModelOpening
{
    private readonly Option<string> _groups = CommonOptions.ExpertGroups();
    private readonly Option<int?>? _context;
    private readonly int? _usual;

    /// <param name="context">The option for the positions, where the command has one.</param>
    /// <param name="usual">Positions without it; null = the model's own, within the default of <see cref="ModelOptions"/>.</param>
    public ModelOpening(Option<int?>? context = null, int? usual = null)
    {
        _context = context;
        _usual = usual;
    }

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        if (_context is not null)
        {
            command.Add(_context);
        }

        command.Add(_groups);
    }

    /// <summary>Positions asked for; null where none were.</summary>
    public int? Context(ParseResult parsed) => _context is null ? _usual : parsed.GetValue(_context) ?? _usual;

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
        if (Context(parsed) is not int asked || loaded.Model.MaxLength >= asked)
        {
            return loaded;
        }

        int own = loaded.Model.MaxLength;
        loaded.Dispose();
        throw new ArgumentException($"A context of {asked} was asked for, {path} has {own} positions: take --context {own} or less.");
    }
}
