namespace Sputnik.Tensors;

/// <summary>
/// c[r, j] = chain over ascending k of a[r, k] · b[k, j], beginning with 0 or with what c holds: the one form all three
/// products take. The second factor stands in panels of <see cref="Columns"/> columns.
/// </summary>
internal unsafe struct PanelProduct
{
    /// <summary>Columns of a panel: two 512-bit registers.</summary>
    public const int Columns = 32;

    // 256 steps of a panel are 32 KiB: it and the rows beside it stay in the second-level cache while tiles sweep them.
    private const int DepthBlock = 256;

    /// <summary>First factor: the next row is <see cref="ARow"/> floats on, the next k <see cref="AStep"/>.</summary>
    public float* A;
    public nint ARow;
    public nint AStep;

    /// <summary>Second factor: the next k is <see cref="BStep"/> floats on, the next panel <see cref="BPanel"/>.</summary>
    public float* B;
    public nint BStep;
    public nint BPanel;

    /// <summary>Result, row-major.</summary>
    public float* C;
    public nint CRow;

    public int Rows;
    public int Cols;
    public int Depth;

    /// <summary>The chains begin with what c holds, not with 0.</summary>
    public bool Continues;

    /// <summary>The second factor ends with its last column: a last panel that is not full must not be read past it.</summary>
    public bool Unpadded;

    /// <summary>Panels, the last perhaps not full.</summary>
    public readonly int Panels => (Cols + Columns - 1) / Columns;

    /// <summary>The part of rows and panels from a place on.</summary>
    public readonly PanelProduct Block(int row, int rows, int panel, int panels)
    {
        PanelProduct block = this;
        block.A += row * ARow;
        block.B += panel * BPanel;
        block.C += (row * CRow) + (panel * Columns);
        block.Rows = Math.Min(rows, Rows - row);
        block.Cols = Math.Min(panels * Columns, Cols - (panel * Columns));
        return block;
    }

    /// <summary>Computes it, a block of k at a time: a chain goes on from the stored c, exactly.</summary>
    public readonly void Run<T>()
        where T : struct, ILanes<T>
    {
        PanelProduct block = this;
        for (int k = 0; k < Depth; k += DepthBlock)
        {
            block.Depth = Math.Min(DepthBlock, Depth - k);
            Tiling<T>.Run(block);
            block.A += DepthBlock * AStep;
            block.B += DepthBlock * BStep;
            block.Continues = true;
        }
    }

    /// <summary>The last panel of an unpadded factor, filled with zeros. [Depth, Columns]</summary>
    public readonly void CopyPanel(int columns, float* to)
    {
        float* from = B;
        for (int k = 0; k < Depth; k++, from += BStep, to += Columns)
        {
            new ReadOnlySpan<float>(from, columns).CopyTo(new(to, columns));
            new Span<float>(to + columns, Columns - columns).Clear();
        }
    }

    /// <summary>Floats <see cref="CopyPanel"/> needs at most.</summary>
    public const int PanelFloats = DepthBlock * Columns;
}
