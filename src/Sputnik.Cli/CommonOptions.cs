using System.CommandLine;
using System.Globalization;
using Sputnik.Generation;
using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>Options that several commands share, so that they are spelt and explained alike.</summary>
internal static class CommonOptions
{
    /// <summary>Positions planned for by default: the caches of large models take tens of gigabytes for what they could read.</summary>
    public const int DefaultContext = 4096;

    // What ModelOptions takes by itself.
    private const int LongestContext = 32_768;

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

    public static Option<string> ExpertGroups()
    {
        Option<string> option = new("--moe-groups")
        {
            Description = "Whether a DeepSeek gate limits its choice to groups of experts: auto = as the file says, not at all where it says nothing; file = as the file says, or an error; reference = as the published models do.",
            HelpName = "auto|file|reference",
            DefaultValueFactory = _ => "auto",
        };
        return option.AcceptOnlyFromAmong("auto", "file", "reference");
    }

    public static Option<KvType> Kv()
    {
        Option<KvType> option = new("--kv")
        {
            Description = "How keys and values are kept: f32 as computed, bf16 in half the memory, q8_0 in a good quarter.",
            HelpName = "f32|bf16|q8_0",
            DefaultValueFactory = _ => KvType.F32,
        };
        return option.AcceptOnlyFromAmong("f32", "bf16", "q8_0");
    }

    public static Option<int> Context() => AtLeast(2, new Option<int>("--context", "-c")
    {
        Description = "Tokens of a conversation, answers included, that memory is kept for; no more than the model reads.",
        HelpName = "TOKENS",
        DefaultValueFactory = _ => DefaultContext,
    });

    /// <summary>Opens a model for a conversation.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">Where it names the model.</param>
    /// <param name="groups">Its <see cref="ExpertGroups"/>.</param>
    /// <param name="context">Its <see cref="Context"/>.</param>
    /// <param name="workers">Threads that lay its weights out.</param>
    /// <exception cref="ArgumentException">The user asked for more than the model reads; the default takes what there is.</exception>
    public static LoadedModel Open(ParseResult parsed, Option<string?> model, Option<string> groups, Option<int> context, Workers workers)
    {
        string path = ModelLocation.Resolve(parsed.GetValue(model));
        int asked = parsed.GetValue(context);
        LoadedModel loaded = LoadedModel.Open(path, Opened(parsed.GetValue(groups), asked), workers);
        int own = loaded.Model.MaxLength;
        if (own >= asked || parsed.GetResult(context) is null or { Implicit: true })
        {
            return loaded;
        }

        loaded.Dispose();
        throw new ArgumentException($"{path} reads {own} tokens, --context {asked} asks for more: take {own} or less.");
    }

    /// <summary>How a model is opened to be run: weights stay as they are stored.</summary>
    /// <param name="groups">The value of <see cref="ExpertGroups"/>.</param>
    /// <param name="context">Positions to plan for.</param>
    public static Models.ModelOptions Opened(string? groups, int context = LongestContext) => new()
    {
        MaxLength = context,
        Groups = groups switch
        {
            "file" => Models.ExpertGroups.File,
            "reference" => Models.ExpertGroups.Reference,
            _ => Models.ExpertGroups.Auto,
        },
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
