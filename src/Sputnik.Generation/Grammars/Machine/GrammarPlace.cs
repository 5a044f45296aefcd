namespace Sputnik.Generation.Grammars;

/// <summary>A place where the grammar may stand: a step that takes something, and the calls it stands in.</summary>
internal readonly record struct GrammarPlace(int Node, GrammarFrame? Frame) : IComparable<GrammarPlace>
{
    /// <summary>By step, then by frame.</summary>
    public int CompareTo(GrammarPlace other) => Node != other.Node ? Node.CompareTo(other.Node) : (Frame?.Id ?? -1).CompareTo(other.Frame?.Id ?? -1);
}
