namespace Sputnik.Generation;

/// <summary>A choice's rows in a step.</summary>
/// <param name="Choice">Whose.</param>
/// <param name="FirstRow">Where they begin.</param>
/// <param name="Rows">How many.</param>
/// <param name="FirstLogits">Where its logits begin.</param>
/// <param name="Logits">Rows of logits: none before the end of a prompt or for an embedding, one as a rule, all where log-probs of the prompt are wanted.</param>
internal readonly record struct StepPart(Choice Choice, int FirstRow, int Rows, int FirstLogits, int Logits);
