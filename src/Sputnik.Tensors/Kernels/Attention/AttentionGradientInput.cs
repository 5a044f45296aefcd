namespace Sputnik.Tensors;

/// <summary>What the backward pass of attention reads and adds to, as plain pointers for worker jobs.</summary>
internal readonly unsafe struct AttentionGradientInput
{
    /// <summary>What the forward pass read and wrote; its cache is not needed any more.</summary>
    public required AttentionInput Forward { get; init; }

    /// <summary>Gradient of the result. [rows, Heads · ValueCols]</summary>
    public required float* Dy { get; init; }

    /// <summary>Gradient of the queries, added to. [rows, Heads · KeyCols]</summary>
    public required float* Dq { get; init; }

    /// <summary>Gradient of the keys, added to. [rows, KvHeads · KeyCols]</summary>
    public required float* Dk { get; init; }

    /// <summary>Gradient of the values, added to. [rows, KvHeads · ValueCols]</summary>
    public required float* Dv { get; init; }
}
