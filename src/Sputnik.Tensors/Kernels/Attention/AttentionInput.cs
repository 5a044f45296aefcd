namespace Sputnik.Tensors;

/// <summary>What attention reads and writes, as plain pointers for worker jobs.</summary>
internal readonly unsafe struct AttentionInput
{
    /// <summary>Queries. [rows, Heads · KeyCols]</summary>
    public required float* Q { get; init; }

    /// <summary>Keys of the batch's rows. [rows, KvHeads · KeyCols]</summary>
    public required float* K { get; init; }

    /// <summary>Values of the batch's rows. [rows, KvHeads · ValueCols]</summary>
    public required float* V { get; init; }

    /// <summary>The result. [rows, Heads · ValueCols]</summary>
    public required float* Y { get; init; }

    /// <summary>Largest score and reciprocal sum of each row and head, for the backward pass; may be null. [rows, Heads, 2]</summary>
    public required float* Stats { get; init; }

    /// <summary>The layer's pages.</summary>
    public required KvView Cache { get; init; }

    /// <summary>Sequence of each row. [rows]</summary>
    public required int* Sequences { get; init; }

    /// <summary>Position of each row. [rows]</summary>
    public required int* Positions { get; init; }

    /// <summary>Sizes.</summary>
    public required AttentionShape Shape { get; init; }
}
