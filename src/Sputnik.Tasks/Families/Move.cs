namespace Sputnik.Tasks;

/// <summary>One step of a walk written out: <c>11+1=</c> and its result, 12.</summary>
/// <param name="Work">All up to the result.</param>
/// <param name="Result">The state it leads to.</param>
internal readonly record struct Move(string Work, int Result);
