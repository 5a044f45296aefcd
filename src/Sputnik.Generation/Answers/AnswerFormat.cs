namespace Sputnik.Generation;

/// <summary>What the text after the thinking must look like.</summary>
/// <param name="Kind">Which rule.</param>
/// <param name="Source">The schema, expression or grammar as text; "" where the kind needs none.</param>
public sealed record AnswerFormat(AnswerFormatKind Kind, string Source = "");
