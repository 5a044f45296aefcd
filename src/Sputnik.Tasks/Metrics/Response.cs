namespace Sputnik.Tasks;

/// <summary>One sampled response.</summary>
/// <param name="Text">The text after "&lt;think&gt;\n", without the end token.</param>
/// <param name="Tokens">Its length, the end token included.</param>
/// <param name="Truncated">Whether it was cut at the limit before it ended itself.</param>
public sealed record Response(string Text, int Tokens, bool Truncated);
