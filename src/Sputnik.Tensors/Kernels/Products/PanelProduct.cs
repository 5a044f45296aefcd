using System.Runtime.CompilerServices;

namespace Sputnik.Tensors;

/// <summary>
/// c[r, j] = chain over ascending k of a[r, k] · b[k, j], beginning with 0 or with what c holds: the one form all three
/// products take. The second factor stands in panels of <see cref="Columns"/> columns.
/// </summary>
internal unsafe struct PanelProduct
{
    /// <summary>Columns of a panel: two 512-bit registers.</summary>
    public const int Columns = 32;

    // Panels that stand packed are read in order: few blocks, so that the result is seldom stored and loaded again. Of plain
    // factors 256 steps, 32 KiB, stay in the first-level cache while tiles sweep them.
    private const int PackedDepthBlock = 512;
    private const int PlainDepthBlock = 256;

    private const int LineBytes = 64;

    // Three tiles of 14 or seven of 6; a line more a row than a block is deep, so that rows spread over the sets.
    private const int StagedRows = 42;
    private const int StagedRow = PackedDepthBlock + 16;

    /// <summary>First factor: the next row is <see cref="ARow"/> floats on, the next k <see cref="AStep"/>.</summary>
    public float* A;
    public nint ARow;
    public nint AStep;

    /// <summary>Second factor: the next k is <see cref="BStep"/> floats on, the next panel <see cref="BPanel"/>.</summary>
    public float* B;
    public nint BStep;
    public nint BPanel;

    /// <summary>The second factor where it is not float32: <see cref="B"/> is not used then.</summary>
    public NarrowFactor Narrow;

    /// <summary>Its first panel.</summary>
    public int NarrowPanel;

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

    private readonly int DepthBlock => Unpadded ? PlainDepthBlock : PackedDepthBlock;

    /// <summary>The part of rows and panels from a place on.</summary>
    public readonly PanelProduct Block(int row, int rows, int panel, int panels)
    {
        PanelProduct block = this;
        block.A += row * ARow;
        block.B += panel * BPanel;
        block.NarrowPanel += panel;
        block.C += (row * CRow) + (panel * Columns);
        block.Rows = Math.Min(rows, Rows - row);
        block.Cols = Math.Min(panels * Columns, Cols - (panel * Columns));
        return block;
    }

    /// <summary>Computes it, a block of k at a time: a chain goes on from the stored c, exactly.</summary>
    public readonly void Run<T>()
        where T : struct, ILanes<T>
    {
        if (Narrow.Exists)
        {
            RunNarrow<T>();
            return;
        }

        float* staged = stackalloc float[Crowded ? StagedRows * StagedRow : 0];
        PanelProduct block = this;
        for (int k = 0; k < Depth; k += DepthBlock)
        {
            block.Depth = Math.Min(DepthBlock, Depth - k);
            if (Crowded)
            {
                block.RunStaged<T>(staged);
            }
            else
            {
                ReadAhead ahead = block.Ahead<T>(Depth - k - DepthBlock);
                Tiling<T>.Run(block, ref ahead);
            }

            block.A += DepthBlock * AStep;
            block.B += DepthBlock * BStep;
            block.Continues = true;
        }
    }

    // Panel by panel: what is widened is used by all rows while it is in the first-level cache.
    [SkipLocalsInit]
    private readonly void RunNarrow<T>()
        where T : struct, ILanes<T>
    {
        float* staged = stackalloc float[Crowded ? StagedRows * StagedRow : 0];
        byte* memory = stackalloc byte[(NarrowFactor.DepthBlock * Columns * sizeof(float)) + LineBytes];
        float* widened = (float*)(((nint)memory + LineBytes - 1) & -LineBytes);
        ReadAhead none = default;
        for (int panel = 0; panel < Panels; panel++)
        {
            PanelProduct block = Block(0, Rows, panel, 1);
            block.Narrow = default;
            block.B = widened;
            for (int k = 0; k < Depth; k += NarrowFactor.DepthBlock, block.A += NarrowFactor.DepthBlock * AStep, block.Continues = true)
            {
                block.Depth = Math.Min(NarrowFactor.DepthBlock, Depth - k);
                Narrow.Widen(NarrowPanel + panel, k, block.Depth, widened);
                if (Crowded)
                {
                    block.RunStaged<T>(staged);
                }
                else
                {
                    Tiling<T>.Run(block, ref none);
                }
            }
        }
    }

    // Rows a multiple of 2 KiB apart fall into two sets of the first-level cache: a tile of 14 evicts its own lines.
    private readonly bool Crowded => AStep == 1 && ARow % 512 == 0 && Rows > 8;

    private readonly void RunStaged<T>(float* staged)
        where T : struct, ILanes<T>
    {
        ReadAhead none = default;
        for (int row = 0; row < Rows; row += StagedRows)
        {
            PanelProduct chunk = Block(row, StagedRows, 0, Panels);
            CopyRows(chunk.A, ARow, staged, StagedRow, chunk.Rows, Depth);
            chunk.A = staged;
            chunk.ARow = StagedRow;
            Tiling<T>.Run(chunk, ref none);
        }
    }

    private readonly ReadAhead Ahead<T>(int left)
        where T : struct, ILanes<T>
    {
        if (!Unpadded || left <= 0)
        {
            return default;
        }

        PanelProduct next = this;
        next.A += Depth * AStep;
        next.B += Depth * BStep;
        next.Depth = Math.Min(DepthBlock, left);
        return new(next, Math.Max(1, Rows / T.TileRows * (Cols / (2 * T.Count))));
    }

    /// <summary>Copies a matrix of other strides.</summary>
    public static void CopyRows(float* from, nint fromRow, float* to, nint toRow, int rows, int columns)
    {
        for (int r = 0; r < rows; r++, from += fromRow, to += toRow)
        {
            new ReadOnlySpan<float>(from, columns).CopyTo(new(to, columns));
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
    public const int PanelFloats = PlainDepthBlock * Columns;
}
