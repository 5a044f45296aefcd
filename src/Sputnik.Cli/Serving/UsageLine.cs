using Sputnik.Server;

namespace Sputnik.Cli;

/// <summary>What one key used of one model in some days.</summary>
internal sealed record UsageLine
{
    /// <summary>The key's name.</summary>
    public required string Key { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>Requests answered.</summary>
    public required long Requests { get; init; }

    /// <summary>Tokens of prompts.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens drawn, thinking included.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>Tokens of thinking.</summary>
    public required long ReasoningTokens { get; init; }

    /// <summary>Processor hours.</summary>
    public required double CpuHours { get; init; }

    /// <summary>USD for them.</summary>
    public required double Cost { get; init; }

    /// <summary>USD that the same tokens would have cost elsewhere.</summary>
    public required double ApiCost { get; init; }

    /// <summary>The days of each key and model together.</summary>
    public static IEnumerable<UsageLine> Sum(IEnumerable<LedgerDay> days, double pricePerCoreHour, ApiPrice api) => days
        .GroupBy(day => (day.Key, day.KeyName, day.Model))
        .Select(group => Of(group.Key.KeyName, group.Key.Model, [.. group], pricePerCoreHour, api))
        .OrderBy(line => line.Key, StringComparer.Ordinal).ThenBy(line => line.Model, StringComparer.Ordinal);

    private static UsageLine Of(string key, string model, LedgerDay[] days, double pricePerCoreHour, ApiPrice api)
    {
        LedgerTokens tokens = new(
            days.Sum(day => day.Tokens.Requests), days.Sum(day => day.Tokens.Prompt), days.Sum(day => day.Tokens.Completion), days.Sum(day => day.Tokens.Reasoning));
        double hours = days.Sum(day => day.CpuHours);
        return new()
        {
            Key = key,
            Model = model,
            Requests = tokens.Requests,
            PromptTokens = tokens.Prompt,
            CompletionTokens = tokens.Completion,
            ReasoningTokens = tokens.Reasoning,
            CpuHours = hours,
            Cost = hours * pricePerCoreHour,
            ApiCost = api.Of(tokens),
        };
    }
}
