using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Sputnik.Cli;

/// <summary>Options that several commands share, so that they are spelt and explained alike.</summary>
internal static class CommonOptions
{
    public static Option<string?> Model() => new("--model", "-m")
    {
        Description = "Model folder. Default: the model that comes with Sputnik.",
        HelpName = "DIR",
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

    public static Option<bool> Json(string what) => new("--json")
    {
        Description = $"Prints {what} as JSON, for machines.",
    };

    public static Option<double> Price() => new("--price")
    {
        Description = "USD for an hour of one core; 0 where it costs nothing.",
        DefaultValueFactory = _ => Training.RunCost.DefaultPrice,
    };

    /// <summary>The option, with anything but a whole number from <paramref name="least"/> on refused in one sentence.</summary>
    public static Option<int> AtLeast(int least, Option<int> option)
    {
        option.Validators.Add(result => RequireAtLeast(least, result));
        return option;
    }

    private static Option<int?> AtLeast(int least, Option<int?> option)
    {
        option.Validators.Add(result => RequireAtLeast(least, result));
        return option;
    }

    // Reads the token itself: asking the option for its value throws where the value is no number.
    private static void RequireAtLeast(int least, OptionResult result)
    {
        if (result.Tokens is [{ Value: string given }, ..]
            && (!int.TryParse(given, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) || value < least))
        {
            result.AddError($"{result.Option.Name} takes a whole number from {least}, got '{given}'.");
        }
    }
}
