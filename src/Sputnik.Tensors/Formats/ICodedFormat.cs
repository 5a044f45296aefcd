namespace Sputnik.Tensors;

/// <summary>
/// A block format whose values are small integers times scales, so that its products can be summed exactly in integers:
/// value = D · s · (level(code) − <see cref="Offset"/>) + M · m, with the integers s and m of the value's part of the block.
/// </summary>
internal unsafe interface ICodedFormat<TSelf> : IBlockFormat<TSelf>
    where TSelf : unmanaged, ICodedFormat<TSelf>
{
    /// <summary>What is taken off every level.</summary>
    static abstract int Offset { get; }

    /// <summary>The level of each code, none below 0; empty where a code is its own level.</summary>
    static abstract ReadOnlySpan<byte> Levels { get; }

    /// <summary>A block's codes and scales; parts a format does not have are left alone.</summary>
    static abstract void Split(byte* block, BlockParts* parts);
}
