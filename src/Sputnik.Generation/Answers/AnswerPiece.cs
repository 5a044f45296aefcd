using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>A stretch of a streamed answer. Pieces of a choice, joined, are the answer that is not streamed.</summary>
/// <param name="Choice">Which answer, from 0.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Whole characters; "" for <see cref="AnswerPieceKind.ToolCall"/> and <see cref="AnswerPieceKind.Finish"/>.</param>
public sealed record AnswerPiece(int Choice, AnswerPieceKind Kind, string Text)
{
    /// <summary>Id and name of the call that begins, with empty arguments.</summary>
    public ToolCall? Call { get; init; }

    /// <summary>Tokens that this piece's text came from, where log-probs were asked for.</summary>
    public IReadOnlyList<TokenEvent> Tokens { get; init; } = [];

    /// <summary>Why the choice ended, on its last piece.</summary>
    public AnswerEnd? End { get; init; }
}
