using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>The chains of four rows with 16 outputs each.</summary>
internal readonly unsafe struct FourChains(Vector512<float> row0, Vector512<float> row1, Vector512<float> row2, Vector512<float> row3)
{
    public readonly Vector512<float> Row0 = row0;
    public readonly Vector512<float> Row1 = row1;
    public readonly Vector512<float> Row2 = row2;
    public readonly Vector512<float> Row3 = row3;

    /// <summary>From memory. [4, 16]</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourChains Load(float* y) => new(Vector512.Load(y), Vector512.Load(y + 16), Vector512.Load(y + 32), Vector512.Load(y + 48));

    /// <summary>To memory. [4, 16]</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* y)
    {
        Row0.Store(y);
        Row1.Store(y + 16);
        Row2.Store(y + 32);
        Row3.Store(y + 48);
    }

    /// <summary>fma(d, s, this).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourChains Add(Vector512<float> d, in FourChains s) => new(
        Vector512.FusedMultiplyAdd(d, s.Row0, Row0),
        Vector512.FusedMultiplyAdd(d, s.Row1, Row1),
        Vector512.FusedMultiplyAdd(d, s.Row2, Row2),
        Vector512.FusedMultiplyAdd(d, s.Row3, Row3));
}
