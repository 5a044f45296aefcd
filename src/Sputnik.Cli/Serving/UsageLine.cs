using Sputnik.Server;

namespace Sputnik.Cli;

/// <summary>What one key used of one model in some days.</summary>
/// <param name="Key">The key's name.</param>
/// <param name="Model">The model.</param>
/// <param name="Requests">Requests answered.</param>
/// <param name="PromptTokens">Tokens of prompts.</param>
/// <param name="CompletionTokens">Tokens drawn, thinking included.</param>
/// <param name="ReasoningTokens">Tokens of thinking.</param>
/// <param name="CpuHours">Processor hours.</param>
/// <param name="Cost">USD for them.</param>
/// <param name="ApiCost">USD that the same tokens would have cost elsewhere.</param>
internal sealed record UsageLine(
    string Key, string Model, long Requests, long PromptTokens, long CompletionTokens, long ReasoningTokens, double CpuHours, double Cost, double ApiCost)
{
    /// <summary>The days of each key and model together.</summary>
    public static IEnumerable<UsageLine> Sum(IEnumerable<LedgerDay> days, double pricePerCoreHour, ApiPrice api) => days
        .GroupBy(day => (day.Key, day.KeyName, day.Model))
        .Select(group =>
        {
            LedgerTokens tokens = new(
                group.Sum(day => day.Tokens.Requests), group.Sum(day => day.Tokens.Prompt), group.Sum(day => day.Tokens.Completion), group.Sum(day => day.Tokens.Reasoning));
            double hours = group.Sum(day => day.CpuHours);
            return new UsageLine(group.Key.KeyName, group.Key.Model, tokens.Requests, tokens.Prompt, tokens.Completion, tokens.Reasoning, hours, hours * pricePerCoreHour, api.Of(tokens));
        })
        .OrderBy(line => line.Key, StringComparer.Ordinal).ThenBy(line => line.Model, StringComparer.Ordinal);
}
