namespace Sputnik.Tensors;

/// <summary>Covers a panel product with tiles. A strip's columns stay in cache while the rows pass.</summary>
internal static unsafe class Tiling<T>
    where T : struct, ILanes<T>
{
    private const int MaxTileRows = 14;

    private static int Strip => 2 * T.Count;

    /// <summary>Computes a product of one block of k.</summary>
    public static void Run(in PanelProduct p, ref ReadAhead ahead)
    {
        float* zeros = stackalloc float[4 * PanelProduct.Columns];
        Tile tile = new()
        {
            ARow = p.ARow,
            AStep = p.AStep,
            BStep = p.BStep,
            CRow = p.CRow,
            Depth = p.Depth,
            Start = zeros,
            StartRow = p.Continues ? p.CRow : 0,
        };

        int strips = p.Cols / Strip;
        int tall = p.Rows - (p.Rows % T.TileRows % 4);
        for (int s = 0; s < strips; s++)
        {
            Tall(p, ref tile, s, tall, ref ahead);
        }

        if (tall < p.Rows)
        {
            Low(p, ref tile, tall, strips);
        }

        if (strips * Strip < p.Cols)
        {
            Edge(p, strips);
        }
    }

    // Tiles of four rows and more down one strip.
    private static void Tall(in PanelProduct p, ref Tile tile, int strip, int rows, ref ReadAhead ahead)
    {
        tile.B = StripOf(p, strip);
        int row = 0;
        while (rows - row >= T.TileRows)
        {
            Place(p, ref tile, row, strip);
            ReadAhead.Result(tile.C + (T.TileRows * tile.CRow), tile.CRow, Math.Min(T.TileRows, rows - row - T.TileRows));
            if (T.TileRows == 14)
            {
                Tiles<T>.Rows14(tile);
            }
            else
            {
                Tiles<T>.Rows6(tile);
            }

            row += T.TileRows;
            ahead.Tile();
        }

        if (rows - row >= 8)
        {
            Place(p, ref tile, row, strip);
            Tiles<T>.Rows8(tile);
            row += 8;
        }

        if (rows - row >= 4)
        {
            Place(p, ref tile, row, strip);
            Tiles<T>.Rows4(tile);
        }
    }

    // The last one to three rows, as many strips at a time as keep eight chains in flight.
    private static void Low(in PanelProduct p, ref Tile tile, int row, int strips)
    {
        if (p.Rows - row >= 2)
        {
            int s = 0;
            for (; s + 2 <= strips; s += 2)
            {
                Place(p, ref tile, row, s);
                tile.B = StripOf(p, s);
                tile.B1 = StripOf(p, s + 1);
                Tiles<T>.Rows2Strips2(tile);
            }

            if (s < strips)
            {
                Place(p, ref tile, row, s);
                tile.B = StripOf(p, s);
                Tiles<T>.Rows2(tile);
            }

            row += 2;
        }

        if (row < p.Rows)
        {
            Last(p, ref tile, row, strips);
        }
    }

    private static void Last(in PanelProduct p, ref Tile tile, int row, int strips)
    {
        int s = 0;
        for (; s + 4 <= strips; s += 4)
        {
            Place(p, ref tile, row, s);
            tile.B = StripOf(p, s);
            tile.B1 = StripOf(p, s + 1);
            tile.B2 = StripOf(p, s + 2);
            tile.B3 = StripOf(p, s + 3);
            Tiles<T>.Row1Strips4(tile);
        }

        for (; s < strips; s++)
        {
            Place(p, ref tile, row, s);
            tile.B = StripOf(p, s);
            Tiles<T>.Row1(tile);
        }
    }

    // The columns of a last strip that is not full go through a full one beside the result.
    private static void Edge(in PanelProduct p, int strips)
    {
        float* panel = stackalloc float[p.Unpadded ? PanelProduct.PanelFloats : 0];
        float* c = stackalloc float[MaxTileRows * PanelProduct.Columns];
        int columns = p.Cols - (strips * Strip);
        PanelProduct edge = p;
        edge.B = StripOf(p, strips);
        edge.C = c;
        edge.CRow = Strip;
        edge.Cols = Strip;
        ReadAhead none = default;
        if (p.Unpadded)
        {
            edge.CopyPanel(columns, panel);
            edge.B = panel;
            edge.BStep = PanelProduct.Columns;
        }

        for (int row = 0; row < p.Rows; row += edge.Rows)
        {
            edge.A = p.A + (row * p.ARow);
            edge.Rows = Math.Min(T.TileRows, p.Rows - row);
            float* result = p.C + (row * p.CRow) + (strips * Strip);
            if (p.Continues)
            {
                PanelProduct.CopyRows(result, p.CRow, c, Strip, edge.Rows, columns);
            }

            Run(edge, ref none);
            PanelProduct.CopyRows(c, Strip, result, p.CRow, edge.Rows, columns);
        }
    }

    private static void Place(in PanelProduct p, ref Tile tile, int row, int strip)
    {
        tile.A = p.A + (row * p.ARow);
        tile.C = p.C + (row * p.CRow) + (strip * Strip);
        if (p.Continues)
        {
            tile.Start = tile.C;
        }
    }

    // A panel is one strip of two 512-bit registers or two strips of two 256-bit registers.
    private static float* StripOf(in PanelProduct p, int strip)
    {
        int column = strip * Strip;
        return p.B + (column / PanelProduct.Columns * p.BPanel) + (column % PanelProduct.Columns);
    }
}
