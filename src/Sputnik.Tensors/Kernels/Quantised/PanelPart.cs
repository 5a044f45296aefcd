namespace Sputnik.Tensors;

/// <summary>One panel times some quantised rows.</summary>
internal unsafe struct PanelPart
{
    /// <summary>The panel's blocks.</summary>
    public byte* Panel;

    /// <summary>Blocks of the summed index.</summary>
    public int Blocks;

    /// <summary>The level of each code; none where a code is its own level.</summary>
    public byte* Levels;

    /// <summary>How many levels there are.</summary>
    public int LevelCount;

    /// <summary>What is taken off every level: <see cref="ICodedFormat{TSelf}.Offset"/>.</summary>
    public int Offset;

    /// <summary>q of the first row; others are <see cref="Cols"/> on.</summary>
    public sbyte* X;

    /// <summary>Its scales, 16 columns each.</summary>
    public float* Scales;

    /// <summary>Its sums, 16 columns each.</summary>
    public int* Sums;

    /// <summary>Columns of the rows.</summary>
    public int Cols;

    /// <summary>Rows.</summary>
    public int Rows;

    /// <summary>Results of the panel's outputs for the first row; others are <see cref="YRow"/> on.</summary>
    public float* Y;

    /// <summary>Outputs of the whole weight.</summary>
    public nint YRow;

    /// <summary>Outputs of the panel that exist: 16 but for the last.</summary>
    public int Outputs;
}
