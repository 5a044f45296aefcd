using Sputnik.Generation;
using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>A completion with its text and the judge's word on it.</summary>
/// <param name="Problem">What was asked.</param>
/// <param name="Completion">Ids and log-probabilities as drawn.</param>
/// <param name="Text">The ids as text, without the end token.</param>
/// <param name="Verdict">The judge's word.</param>
public sealed record JudgedResponse(Problem Problem, Completion Completion, string Text, Verdict Verdict)
{
    /// <summary>Whether it was cut at the length limit.</summary>
    public bool Truncated => Completion.Finish == FinishReason.Length;

    /// <summary>What the evaluation counts.</summary>
    public Response Response => new(Text, Completion.Tokens.Length, Truncated);
}
