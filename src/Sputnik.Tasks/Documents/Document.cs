namespace Sputnik.Tasks;

/// <summary>One document of a corpus.</summary>
/// <param name="Prompt">What the user asks; null where the document is plain text (drills).</param>
/// <param name="Response">What follows "&lt;think&gt;\n", with "&lt;/think&gt;" as literal text; or the plain text.</param>
public sealed record Document(string? Prompt, string Response);
