using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>The rows of a tile at a run of 32 columns.</summary>
internal readonly unsafe struct TileRows
{
    private readonly float* _scales;
    private readonly int* _sums;

    /// <summary>The part's rows from one on, at a run.</summary>
    public TileRows(in PanelPart part, int row, int run)
        : this(
            part.X + ((long)row * part.Cols) + (run * QuantisedRows.BlockValues),
            part.Scales + ((long)row * (part.Cols / QuantisedRows.BlockValues)) + run,
            part.Sums + ((long)row * (part.Cols / QuantisedRows.SumValues)) + (2 * run),
            part.Cols)
    {
    }

    private TileRows(sbyte* codes, float* scales, int* sums, nint cols)
    {
        Codes = codes;
        _scales = scales;
        _sums = sums;
        Cols = cols;
    }

    /// <summary>Columns of a row.</summary>
    public nint Cols { get; }

    /// <summary>Codes of the first row.</summary>
    public sbyte* Codes { get; }

    /// <summary>The next run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileRows Next() => new(Codes + QuantisedRows.BlockValues, _scales + 1, _sums + 2, Cols);

    /// <summary>Scale of a row in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Scale(nint row) => Vector512.Create(_scales[row * (Cols >> 5)]);

    /// <summary>The two sums of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int* Sums(nint row) => _sums + (row * (Cols >> 4));
}
