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

/// <summary>A place where the grammar may stand: a step that takes something, and the calls it stands in.</summary>
internal readonly record struct GrammarPlace(int Node, GrammarFrame? Frame) : IComparable<GrammarPlace>
{
    /// <summary>By step, then by frame.</summary>
    public int CompareTo(GrammarPlace other) => Node != other.Node ? Node.CompareTo(other.Node) : (Frame?.Id ?? -1).CompareTo(other.Frame?.Id ?? -1);
}

/// <summary>All places where the grammar may stand after a text. Equal states of a machine are one object.</summary>
/// <param name="places">The places.</param>
/// <param name="cost">Steps that were followed to find the places.</param>
/// <param name="classes">Classes of bytes in the grammar.</param>
internal sealed class GrammarState(GrammarPlaces places, int cost, int classes)
{
    /// <summary>Steps that were followed to find the places.</summary>
    public int Cost => cost;

    /// <summary>The places.</summary>
    public ReadOnlySpan<GrammarPlace> Places => places.Places;

    /// <summary>Whether the text may end here.</summary>
    public bool Accepts => places.Accepts;

    /// <summary>Whether it lost readings, so that nothing may be said of what follows.</summary>
    public bool IsCut => places.IsCut;

    /// <summary>Whether no text leads here.</summary>
    public bool IsDead => places.Places.Length == 0 && !places.Accepts;

    /// <summary>The state behind a byte of each class, as far as it was asked for.</summary>
    public GrammarState?[] Next { get; } = new GrammarState?[classes];

    /// <summary>The last walk that went on by a byte of each class.</summary>
    public long[] Walks { get; } = new long[classes];

    /// <summary>The tokens that may follow, while they are remembered.</summary>
    public ulong[]? Mask { get; set; }

    /// <summary>Whether the mask was asked for since the last clearing.</summary>
    public bool Used { get; set; }
}
