using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Levels of two groups of 16 rows: four bytes a row, rows 0 … 7 and 8 … 15.</summary>
internal readonly struct CodePair(Vector256<byte> firstTop, Vector256<byte> firstBottom, Vector256<byte> secondTop, Vector256<byte> secondBottom)
{
    /// <summary>Group p, rows 0 … 7.</summary>
    public Vector256<byte> FirstTop => firstTop;

    /// <summary>Group p, rows 8 … 15.</summary>
    public Vector256<byte> FirstBottom => firstBottom;

    /// <summary>Group p + 4, rows 0 … 7.</summary>
    public Vector256<byte> SecondTop => secondTop;

    /// <summary>Group p + 4, rows 8 … 15.</summary>
    public Vector256<byte> SecondBottom => secondBottom;
}
