namespace Sputnik.Text;

/// <summary>A rendered template that remembers what its author wrote and what came in with the messages.</summary>
/// <param name="Text">The whole output.</param>
/// <param name="FromInput">The ranges that came from input values, ascending, apart from each other and not empty; the rest is the template's.</param>
public sealed record RenderedPrompt(string Text, IReadOnlyList<TextSpan> FromInput);
