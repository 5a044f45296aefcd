namespace Sputnik.Tensors;

/// <summary>
/// How codes of 16 rows × 32 values stand in a panel, so that one vector holds the same four neighbours of every row: lane =
/// output row. A <em>group</em> is four neighbours; groups p and p + 4 are read together, p = 0 … 3.
/// </summary>
internal unsafe interface ICodes<TSelf>
    where TSelf : unmanaged, ICodes<TSelf>
{
    /// <summary>Bytes of 16 × 32 codes.</summary>
    static abstract int Bytes { get; }

    /// <summary>Levels reach beyond 127, where two products of 8 bits do not fit 16.</summary>
    static abstract bool Wide { get; }

    /// <summary>Ready to read codes of these levels; empty where a code is its own level.</summary>
    static abstract TSelf Create(ReadOnlySpan<byte> levels);

    /// <summary>Levels of groups p and p + 4.</summary>
    CodePair Load(byte* codes, int p);

    /// <summary>Packs the codes of a tile. [16 rows, 32] → [Bytes]</summary>
    static abstract void Store(byte* tile, byte* codes);
}
