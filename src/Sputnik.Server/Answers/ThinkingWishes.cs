using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>What a request says of thinking, in any dialect.</summary>
internal sealed record ThinkingWishes
{
    /// <summary>Whether it is wanted; null = as the template does.</summary>
    public bool? Enabled { get; init; }

    /// <summary>none, minimal, low, medium, high, xhigh or max: a share of the tokens the answer may have.</summary>
    public string? Effort { get; init; }

    /// <summary>Tokens of thinking; −1, as in llama.cpp, for no limit.</summary>
    public int? Budget { get; init; }

    /// <summary>The field the budget came in.</summary>
    public string BudgetParam { get; init; } = "thinking_token_budget";

    /// <summary>The options.</summary>
    /// <param name="model">What thinks.</param>
    /// <param name="most">Tokens of thinking and answer together; null = what the context holds.</param>
    public ThinkingOptions ToOptions(ServedModel model, int? most)
    {
        if (Enabled == true && !model.Thinks)
        {
            throw ApiException.Unsupported("thinking", $"'{model.Id}' does not support thinking: it has no tags for it.");
        }

        if (Budget is < -1)
        {
            throw ApiException.Invalid(BudgetParam, $"{BudgetParam} must be from 0, or -1 for no limit, got {Budget}.");
        }

        ThinkingEffort? effort = Effort switch
        {
            null => null,
            "none" => ThinkingEffort.None,
            "minimal" => ThinkingEffort.Minimal,
            "low" => ThinkingEffort.Low,
            "medium" => ThinkingEffort.Medium,
            "high" or "xhigh" or "max" => ThinkingEffort.High,
            _ => throw ApiException.Invalid("reasoning_effort", "reasoning_effort must be none, minimal, low, medium, high, xhigh or max."),
        };
        int? share = effort is { } word ? ThinkingOptions.ShareOf(word, Math.Min(most ?? int.MaxValue, model.ContextTokens)) : null;
        int? budget = Budget switch { null => share, -1 => null, _ => Budget };
        return new() { Enabled = effort == ThinkingEffort.None ? false : Enabled, Budget = budget };
    }
}
