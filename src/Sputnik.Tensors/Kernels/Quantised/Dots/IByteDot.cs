using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// The one step in which processors differ: lane by lane, the sum of four products of unsigned by signed bytes. Exact, so
/// all of them give the same bits.
/// </summary>
internal interface IByteDot
{
    /// <summary>What the step has taken off every wide level, to be able to multiply it.</summary>
    static abstract int Bias(bool wide);

    /// <summary>sum + Σ (level − Bias) · x over the four bytes of each lane.</summary>
    static abstract Vector256<int> Add(Vector256<int> sum, Vector256<byte> levels, Vector256<sbyte> x, bool wide);
}
