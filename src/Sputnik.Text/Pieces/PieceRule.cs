namespace Sputnik.Text;

/// <summary>
/// One pattern of a pre-tokenizer, matched at the start of a text: the length that it takes, at least 1, and whether that is
/// a match or belongs to the gap before the next one. Linear: what is read again later is bounded by what is taken.
/// </summary>
/// <param name="text">What is left of a piece, never empty; its end is the end of the piece.</param>
/// <param name="matched">Whether the pattern matches here.</param>
internal delegate int PieceRule(ReadOnlySpan<char> text, out bool matched);
