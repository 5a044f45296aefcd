namespace Sputnik.Text;

/// <summary>A stretch of an answer that may hold tool calls.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; "" for <see cref="ToolCallPieceKind.End"/>.</param>
public readonly record struct ToolCallPiece(ToolCallPieceKind Kind, string Text);
