namespace Sputnik.Tensors;

/// <summary>One product of a group, cut into a grid of blocks that threads take one at a time.</summary>
internal struct MatMulGrid
{
    // 48 tiles of 14 x 32 over 256 steps read 280 KiB when square: a third of a 1 MiB second-level cache.
    private const int MaxTiles = 48;

    // So few rows are multiplied by up to four panels at a time.
    private const int LowRows = 4;
    private const int LowPanels = 4;

    /// <summary>The whole product.</summary>
    public PanelProduct Product;

    /// <summary>Rows of a block.</summary>
    public int BlockRows;

    /// <summary>Panels of a block.</summary>
    public int BlockPanels;

    /// <summary>Blocks side by side.</summary>
    public int BlocksAcross;

    /// <summary>Number of the first block in the group's count.</summary>
    public int First;

    /// <summary>
    /// Cuts the product into blocks, as square as they can be: of about <paramref name="cost"/> vector steps, for balance,
    /// and small enough that what a block of k reads stays in the second-level cache.
    /// </summary>
    public MatMulGrid(in PanelProduct product, int first, long cost, int tileRows)
    {
        tileRows = Math.Min(tileRows, product.Rows);
        int tileRowCount = Ceiling(product.Rows, tileRows);
        int panels = product.Panels;
        int tiles = (int)Math.Clamp(cost / (2L * tileRows * product.Depth), 1, MaxTiles);
        int across = Math.Clamp((int)MathF.Sqrt(tiles * tileRows / (float)PanelProduct.Columns), 1, panels);
        int down = Math.Clamp(tiles / across, 1, tileRowCount);
        across = Math.Clamp(tiles / down, across, panels);
        if (product.Rows < LowRows)
        {
            across = (across + LowPanels - 1) / LowPanels * LowPanels;
        }

        Product = product;
        First = first;
        BlockRows = Ceiling(tileRowCount, Ceiling(tileRowCount, down)) * tileRows;
        BlockPanels = product.Rows < LowRows ? across : Ceiling(panels, Ceiling(panels, across));
        BlocksAcross = Ceiling(panels, BlockPanels);
    }

    /// <summary>Blocks in all.</summary>
    public readonly int Blocks => BlocksAcross * Ceiling(Product.Rows, BlockRows);

    /// <summary>A block by number: across first, so that its rows stay in cache.</summary>
    public readonly PanelProduct Block(int number) =>
        Product.Block(number / BlocksAcross * BlockRows, BlockRows, number % BlocksAcross * BlockPanels, BlockPanels);

    private static int Ceiling(int a, int b) => (a + b - 1) / b;
}
