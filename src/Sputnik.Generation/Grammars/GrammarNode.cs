namespace Sputnik.Generation.Grammars;

/// <summary>A step of a grammar.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Argument">Set, token, rule or other branch, by the kind.</param>
/// <param name="Next">The step behind it; −1 while it is open and for <see cref="NodeKind.Return"/>.</param>
internal readonly record struct GrammarNode(NodeKind Kind, int Argument, int Next);

/// <summary>What a step of a grammar does.</summary>
internal enum NodeKind : byte
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>Goes on at two places: the argument and the next.</summary>
    Split,

    /// <summary>Takes one byte of a set.</summary>
    Bytes,

    /// <summary>Takes one token, which has no bytes here.</summary>
    Token,

    /// <summary>Takes what a rule takes.</summary>
    Call,

    /// <summary>Ends its rule.</summary>
    Return,
}

/// <summary>Steps with one way in and one way out. Each may be built into one place only; what stands twice is a rule.</summary>
/// <param name="Start">The first step.</param>
/// <param name="End">The step whose next is still open.</param>
internal readonly record struct Fragment(int Start, int End);
