using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Levels of a group of 16 rows, four bytes a row: rows 0 … 7 and 8 … 15.</summary>
internal readonly struct Levels16(Vector256<byte> top, Vector256<byte> bottom)
{
    /// <summary>Rows 0 … 7.</summary>
    public readonly Vector256<byte> Top = top;

    /// <summary>Rows 8 … 15.</summary>
    public readonly Vector256<byte> Bottom = bottom;
}
