namespace Sputnik.Tensors;

/// <summary>One product of a group, cut into a grid of blocks that threads take one at a time.</summary>
internal struct MatMulGrid
{
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

    /// <summary>Cuts the product into blocks of about <paramref name="cost"/> vector steps, as square as they can be.</summary>
    public MatMulGrid(in PanelProduct product, int first, long cost, int tileRows)
    {
        int tileRowCount = Ceiling(product.Rows, tileRows);
        int panels = product.Panels;
        long tiles = Math.Max(1, cost / ((long)tileRows * 2 * product.Depth));
        int across = (int)Math.Clamp((long)MathF.Sqrt(tiles * tileRows / (float)PanelProduct.Columns), 1, panels);
        int down = (int)Math.Clamp(tiles / across, 1, tileRowCount);
        across = (int)Math.Clamp(tiles / down, across, panels);

        Product = product;
        First = first;
        BlockRows = Ceiling(tileRowCount, Ceiling(tileRowCount, down)) * tileRows;
        BlockPanels = Ceiling(panels, Ceiling(panels, across));
        BlocksAcross = Ceiling(panels, BlockPanels);
    }

    /// <summary>Blocks in all.</summary>
    public readonly int Blocks => BlocksAcross * Ceiling(Product.Rows, BlockRows);

    /// <summary>A block by number: across first, so that its rows stay in cache.</summary>
    public readonly PanelProduct Block(int number) =>
        Product.Block(number / BlocksAcross * BlockRows, BlockRows, number % BlocksAcross * BlockPanels, BlockPanels);

    private static int Ceiling(int a, int b) => (a + b - 1) / b;
}
