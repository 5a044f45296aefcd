namespace Sputnik.Tensors;

/// <summary>
/// A storage format: <see cref="BlockValues"/> neighbours of a row lie in <see cref="BlockBytes"/> bytes that nothing else
/// touches. A matrix is its rows' blocks one after another.
/// </summary>
internal unsafe interface IBlockFormat<TSelf>
    where TSelf : unmanaged, IBlockFormat<TSelf>
{
    /// <summary>Values of a block.</summary>
    static abstract int BlockValues { get; }

    /// <summary>Bytes of a block.</summary>
    static abstract int BlockBytes { get; }

    /// <summary>The definition of the format: what a block's bytes mean. [BlockBytes] → [BlockValues]</summary>
    static abstract void Decode(byte* block, float* values);
}
