namespace Sputnik.Tensors;

/// <summary>The rows of a tile, from a run of 32 columns on.</summary>
internal readonly unsafe struct TileRows
{
    private readonly float* _scales;
    private readonly int* _sums;

    /// <summary>The part's rows from one on, its columns from a run on.</summary>
    public TileRows(in PanelPart part, int row, int run)
    {
        Cols = part.Cols;
        Codes = part.X + ((long)row * part.Cols) + (run * QuantisedRows.BlockValues);
        _scales = part.Scales + ((long)row * (part.Cols / QuantisedRows.BlockValues)) + run;
        _sums = part.Sums + ((long)row * (part.Cols / QuantisedRows.SumValues)) + (2 * run);
    }

    /// <summary>Columns of a row.</summary>
    public int Cols { get; }

    /// <summary>Codes of the first row.</summary>
    public sbyte* Codes { get; }

    /// <summary>Scale of a row's run.</summary>
    public float Scale(int row, int run) => _scales[(row * (Cols / QuantisedRows.BlockValues)) + run];

    /// <summary>The two sums of a row's run.</summary>
    public int* Sums(int row, int run) => _sums + (row * (Cols / QuantisedRows.SumValues)) + (2 * run);
}
