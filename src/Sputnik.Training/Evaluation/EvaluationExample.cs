namespace Sputnik.Training;

/// <summary>One answer as it was given, for people to read.</summary>
/// <param name="Prompt">What was asked.</param>
/// <param name="Expected">The right answer.</param>
/// <param name="Text">Thinking and answer.</param>
/// <param name="Right">The judge's word.</param>
/// <param name="Why">The judge's reason.</param>
public sealed record EvaluationExample(string Prompt, string Expected, string Text, bool Right, string Why);
