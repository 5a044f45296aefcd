namespace Sputnik.Text;

/// <summary>A stretch of streamed text that lies in one half of the response.</summary>
/// <param name="Part">The half.</param>
/// <param name="Text">Whole characters, often "".</param>
public readonly record struct ReasoningPiece(ReasoningPart Part, string Text);
