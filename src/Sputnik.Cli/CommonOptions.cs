using System.CommandLine;
using System.Globalization;
using Sputnik.Models;

namespace Sputnik.Cli;

/// <summary>Options that several commands share, so that they are spelt and explained alike.</summary>
internal static class CommonOptions
{
    public static Option<string?> Model() => new("--model", "-m")
    {
        Description = "Model folder, or the name of a pulled model (sputnik models). Default: the model that comes with Sputnik.",
        HelpName = "MODEL",
    };

    public static Option<int> Threads() => AtLeast(1, new Option<int>("--threads", "-t")
    {
        Description = "Threads of the engine. They change the speed, never the answer.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    });

    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "Seed of the sampling; the same seed gives the same answer.",
        DefaultValueFactory = _ => 0,
    };

    public static Option<float?> Temperature() => new("--temperature")
    {
        Description = "Sampling temperature; 0 takes the most likely token. Default: the model's own.",
    };

    public static Option<int?> MaxNewTokens() => AtLeast(1, new Option<int?>("--max-tokens")
    {
        Description = "Longest answer in tokens, thinking included. Default: the model's own.",
    });

    public static Option<int?> Context(string description) => AtLeast(1, new Option<int?>("--context", "-c")
    {
        Description = description,
        HelpName = "TOKENS",
    });

    /// <summary>The positions of a conversation.</summary>
    public static Option<int?> Conversation() => Context(
        $"Positions the conversation may take, prompt and answers together; the cache is reserved for them. Default: {Sputnik.Cli.Conversation.UsualContext}, or what the model has.");

    public static Option<string> ExpertGroups()
    {
        var option = new Option<string>("--moe-groups")
        {
            Description = "Groups of experts a DeepSeek gate chooses within, where the model is a GGUF file: auto = as the file says, none where it is silent, as llama.cpp; file = as it says, an error where it is silent; reference = as DeepSeek-V3 was trained.",
            DefaultValueFactory = _ => "auto",
        };
        option.AcceptOnlyFromAmong("auto", "file", "reference");
        return option;
    }

    /// <summary>What <see cref="ExpertGroups()"/> was given.</summary>
    public static ExpertGroups ExpertGroups(string? word) => word switch
    {
        "file" => Models.ExpertGroups.File,
        "reference" => Models.ExpertGroups.Reference,
        _ => Models.ExpertGroups.Auto,
    };

    public static Option<bool> Json(string what) => new("--json")
    {
        Description = $"Prints {what} as JSON, for machines.",
    };

    public static Option<double> Price() => new("--price")
    {
        Description = "USD for an hour of one core; 0 where it costs nothing.",
        DefaultValueFactory = _ => Training.RunCost.DefaultPrice,
    };

    /// <summary>The option, with values below <paramref name="least"/> refused in one sentence.</summary>
    public static Option<T> AtLeast<T>(int least, Option<T> option)
    {
        option.Validators.Add(result =>
        {
            // What is no number at all is the parser's to refuse.
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out int value) && value < least)
            {
                result.AddError($"{option.Name} takes a whole number from {least}, got '{value}'.");
            }
        });
        return option;
    }
}
