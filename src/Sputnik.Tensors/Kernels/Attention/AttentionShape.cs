namespace Sputnik.Tensors;

/// <summary>Sizes every attention kernel needs.</summary>
/// <param name="Heads">Query heads.</param>
/// <param name="KvHeads">Key and value heads.</param>
/// <param name="KeyCols">Columns of a query's and of a key's head.</param>
/// <param name="ValueCols">Columns of a value's head.</param>
/// <param name="Scale">Factor on every score.</param>
/// <param name="Window">Positions a row sees, its own included.</param>
internal readonly record struct AttentionShape(int Heads, int KvHeads, int KeyCols, int ValueCols, float Scale, int Window = int.MaxValue)
{
    /// <summary>Query heads that share a key/value head.</summary>
    public int Group => Heads / KvHeads;

    /// <summary>Floats of a key row that begins on a vector and ends with one.</summary>
    public int KeyPadded => Pad(KeyCols);

    /// <summary>Floats of a value row that begins on a vector and ends with one.</summary>
    public int ValuePadded => Pad(ValueCols);

    /// <summary>The first position that a row sees.</summary>
    public int First(int position) => Math.Max(0, position - Window + 1);

    /// <summary>The next multiple of 16.</summary>
    public static int Pad(int cols) => (cols + 15) & ~15;
}
