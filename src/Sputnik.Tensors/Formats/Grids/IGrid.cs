using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>The levels a code of a block stands for before the block's scale.</summary>
internal interface IGrid<TSelf>
    where TSelf : struct, IGrid<TSelf>
{
    /// <summary>
    /// Where a search for the scale puts a block's extreme value: around the ends of the levels. On a coarse grid beyond them
    /// too, as cutting extremes off leaves the rest finer.
    /// </summary>
    static abstract ReadOnlySpan<float> Starts { get; }

    /// <summary>The nearest levels.</summary>
    static abstract Vector512<float> Nearest(Vector512<float> x);

    /// <summary>The codes of the nearest levels.</summary>
    static abstract Vector512<int> Codes(Vector512<float> x);
}
