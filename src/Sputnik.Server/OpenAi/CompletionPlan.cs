using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>What a completions request comes to.</summary>
internal sealed record CompletionPlan
{
    public required IReadOnlyList<TokenRequest> Requests { get; init; }

    public required IReadOnlyList<string> Stops { get; init; }

    /// <summary>Whether the prompt is said again before its continuation.</summary>
    public required bool Echo { get; init; }

    /// <summary>Whether a continuation is wanted at all; without, the engine draws a token that nobody sees.</summary>
    public required bool Draws { get; init; }

    public required bool LogProbs { get; init; }
}
