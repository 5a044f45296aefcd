using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>What a request says of thinking, in any dialect.</summary>
internal sealed record ThinkingWishes
{
    /// <summary>Whether it is wanted; null = as the template does.</summary>
    public bool? Enabled { get; init; }

    /// <summary>none, minimal, low, medium, high, xhigh or max.</summary>
    public string? Effort { get; init; }

    /// <summary>Tokens of thinking; −1, as in llama.cpp, for no limit.</summary>
    public int? Budget { get; init; }

    /// <summary>The field the budget came in.</summary>
    public string BudgetParam { get; init; } = "thinking_token_budget";

    /// <summary>
    /// The options. An effort is a share of the tokens the answer may have, so that it means the same to a small context and
    /// a large one; from "high" on the model thinks as long as it wants. The shares are ours.
    /// </summary>
    /// <param name="room">Tokens of thinking and answer together.</param>
    public ThinkingOptions ToOptions(int room)
    {
        if (Budget is < -1)
        {
            throw ApiException.Invalid(BudgetParam, $"{BudgetParam} must be from 0, or -1 for no limit, got {Budget}.");
        }

        (bool Off, int? Share) = Effort switch
        {
            null => (false, (int?)null),
            "none" => (true, null),
            "minimal" => (false, room / 16),
            "low" => (false, room / 8),
            "medium" => (false, room / 2),
            "high" or "xhigh" or "max" => (false, null),
            _ => throw ApiException.Invalid("reasoning_effort", "reasoning_effort must be none, minimal, low, medium, high, xhigh or max."),
        };
        int? budget = Budget switch { null => Share, -1 => null, _ => Budget };
        return new() { Enabled = Off ? false : Enabled, Budget = budget };
    }
}
