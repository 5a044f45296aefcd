namespace Sputnik.Generation;

/// <summary>An engine at one moment, for metrics. Totals count from its start.</summary>
public sealed record EngineStatus
{
    /// <summary>Choices that are being computed.</summary>
    public required int Running { get; init; }

    /// <summary>Requests that have not begun, and choices preempted and to be computed again.</summary>
    public required int Waiting { get; init; }

    /// <summary>Pages of keys and values in all.</summary>
    public required int Pages { get; init; }

    /// <summary>Pages that running choices hold.</summary>
    public required int PagesUsed { get; init; }

    /// <summary>Pages kept for prompts to come; given up when a running choice needs one.</summary>
    public required int PagesCached { get; init; }

    /// <summary>Prompt tokens looked up in the prefix cache.</summary>
    public required long PrefixQueryTokens { get; init; }

    /// <summary>Prompt tokens found there.</summary>
    public required long PrefixHitTokens { get; init; }

    /// <summary>Tokens of prompts taken up.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens drawn or forced.</summary>
    public required long GeneratedTokens { get; init; }

    /// <summary>Forward passes.</summary>
    public required long Steps { get; init; }

    /// <summary>Choices preempted to make room, to be computed again with the same bits.</summary>
    public required long Preempted { get; init; }

    /// <summary>Requests completed.</summary>
    public required long Completed { get; init; }

    /// <summary>Requests failed by what they asked or by logits that are no numbers.</summary>
    public required long Failed { get; init; }

    /// <summary>Requests cancelled before they began.</summary>
    public required long CancelledQueued { get; init; }

    /// <summary>Requests cancelled before their first token.</summary>
    public required long CancelledPrefill { get; init; }

    /// <summary>Requests cancelled between two tokens.</summary>
    public required long CancelledDecode { get; init; }

    /// <summary>Wall time of the last step.</summary>
    public required double LastStepMilliseconds { get; init; }
}
