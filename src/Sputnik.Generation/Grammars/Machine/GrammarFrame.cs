namespace Sputnik.Generation.Grammars;

/// <summary>Where a rule goes on when the one it called ends. Equal frames of a machine are one object.</summary>
/// <remarks>No record: records compare what they hold, and frames stand on frames as deep as a text nests.</remarks>
/// <param name="node">The step behind the call.</param>
/// <param name="caller">Where the calling rule itself goes on; null for the root.</param>
/// <param name="id">Its number in the machine, never used again.</param>
internal sealed class GrammarFrame(int node, GrammarFrame? caller, long id)
{
    /// <summary>The step behind the call.</summary>
    public int Node => node;

    /// <summary>Where the calling rule itself goes on; null for the root.</summary>
    public GrammarFrame? Caller => caller;

    /// <summary>Its number in the machine, never used again.</summary>
    public long Id => id;
}
