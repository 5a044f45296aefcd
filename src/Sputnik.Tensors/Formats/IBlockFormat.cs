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

    /// <summary>The largest magnitude <see cref="Encode"/> takes.</summary>
    static abstract float Largest { get; }

    /// <summary>The definition of the format: what a block's bytes mean. [BlockBytes] → [BlockValues]</summary>
    static abstract void Decode(byte* block, float* values);

    /// <summary>
    /// Bytes that decode to y with Σ weights · (values − y)² as small as a search finds it. The values are finite and at most
    /// <see cref="Largest"/>, the weights positive. [BlockValues], [BlockValues] → [BlockBytes]
    /// </summary>
    static abstract void Encode(float* values, float* weights, byte* block);
}
