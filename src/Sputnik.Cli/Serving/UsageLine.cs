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
        .Select(group =>
        {
            LedgerTokens tokens = new(
                group.Sum(day => day.Tokens.Requests), group.Sum(day => day.Tokens.Prompt), group.Sum(day => day.Tokens.Completion), group.Sum(day => day.Tokens.Reasoning));
            double hours = group.Sum(day => day.CpuHours);
            return new UsageLine
            {
                Key = group.Key.KeyName,
                Model = group.Key.Model,
                Requests = tokens.Requests,
                PromptTokens = tokens.Prompt,
                CompletionTokens = tokens.Completion,
                ReasoningTokens = tokens.Reasoning,
                CpuHours = hours,
                Cost = hours * pricePerCoreHour,
                ApiCost = api.Of(tokens),
            };
        })
        .OrderBy(line => line.Key, StringComparer.Ordinal).ThenBy(line => line.Model, StringComparer.Ordinal);
}
