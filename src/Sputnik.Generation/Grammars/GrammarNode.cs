namespace Sputnik.Generation.Grammars;

/// <summary>A step of a grammar.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Argument">Set, token, rule or other branch, by the kind.</param>
/// <param name="Next">The step behind it; −1 while it is open and for <see cref="NodeKind.Return"/>.</param>
internal readonly record struct GrammarNode(NodeKind Kind, int Argument, int Next);
