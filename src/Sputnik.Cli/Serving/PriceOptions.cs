using System.CommandLine;
using Sputnik.Server;

namespace Sputnik.Cli;

/// <summary>What an API would have asked: the options of <c>serve</c> and <c>usage</c>.</summary>
internal sealed class PriceOptions
{
    private static readonly ApiPrice Defaults = new();

    private readonly Option<double> _prompt = new("--api-price-prompt") { Description = "USD that an API asks for a million tokens of prompts. Default: DeepSeek-R1's list price of January 2025.", DefaultValueFactory = _ => Defaults.Prompt };
    private readonly Option<double> _completion = new("--api-price-completion") { Description = "USD that an API asks for a million tokens drawn. Default: DeepSeek-R1's list price of January 2025.", DefaultValueFactory = _ => Defaults.Completion };

    public void AddTo(Command command)
    {
        command.Options.Add(_prompt);
        command.Options.Add(_completion);
    }

    public ApiPrice Read(ParseResult parsed) => new() { Prompt = parsed.GetValue(_prompt), Completion = parsed.GetValue(_completion) };
}
