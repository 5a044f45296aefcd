using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Integer sums of a row with 16 outputs: 0 … 7 and 8 … 15.</summary>
internal readonly struct Sums16(Vector256<int> top, Vector256<int> bottom)
{
    private readonly Vector256<int> _top = top;
    private readonly Vector256<int> _bottom = bottom;

    /// <summary>All sixteen. One insertion: Vector512.Create would first wait for what its register held before.</summary>
    public Vector512<int> Joined
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _top.ToVector512Unsafe().WithUpper(_bottom);
    }

    /// <summary>Adds Σ level · x over four neighbours of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe Sums16 Add<TDot>(Levels16 levels, sbyte* x, bool wide)
        where TDot : struct, IByteDot
    {
        Vector256<sbyte> four = Vector256.Create(*(int*)x).AsSByte();
        return new(TDot.Add(_top, levels.Top, four, wide), TDot.Add(_bottom, levels.Bottom, four, wide));
    }
}
