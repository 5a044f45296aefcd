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
            part.X + ((long)row * part.Cols) + (run * QuantisedRows.RunValues),
            part.Scales + ((long)row * (part.Cols / QuantisedRows.BlockValues)) + (2 * run),
            part.Sums + ((long)row * (part.Cols / QuantisedRows.BlockValues)) + (2 * run),
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
    public TileRows Next() => new(Codes + QuantisedRows.RunValues, _scales + 2, _sums + 2, Cols);

    /// <summary>Scale of a half of a row's run in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Scale(nint row, nint half) => Vector512.Create(_scales[(row * (Cols >> 4)) + half]);

    /// <summary>The sum of a half of a row's run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Sum(nint row, nint half) => _sums[(row * (Cols >> 4)) + half];
}
