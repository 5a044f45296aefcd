namespace Sputnik.Generation.Grammars;

/// <summary>Steps with one way in and one way out. Each may be built into one place only; what stands twice is a rule.</summary>
/// <param name="Start">The first step.</param>
/// <param name="End">The step whose next is still open.</param>
internal readonly record struct Fragment(int Start, int End);
