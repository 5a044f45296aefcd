namespace Sputnik.Tasks;

/// <summary>One step of a problem that is a walk from a start through steps to an end.</summary>
/// <param name="Cue">The words of the prompt that a worked step quotes ("buys 5"): a pointer into the prompt.</param>
/// <param name="Operation">'+', '-', '*' on a number; '&lt;' for a swap of two places.</param>
/// <param name="First">The operand, or the first place of a swap.</param>
/// <param name="Second">The second place of a swap; 0 elsewhere.</param>
public sealed record ProblemStep(string Cue, char Operation, int First, int Second = 0);
