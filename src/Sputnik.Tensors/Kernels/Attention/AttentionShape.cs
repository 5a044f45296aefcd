namespace Sputnik.Tensors;

/// <summary>Sizes every attention kernel needs.</summary>
internal readonly record struct AttentionShape(int Heads, int KvHeads, int KeyCols, int ValueCols, float Scale)
{
    /// <summary>Query heads that share a key/value head.</summary>
    public int Group => Heads / KvHeads;

    /// <summary>Floats of a key row that begins on a vector and ends with one.</summary>
    public int KeyPadded => Pad(KeyCols);

    /// <summary>Floats of a value row that begins on a vector and ends with one.</summary>
    public int ValuePadded => Pad(ValueCols);

    /// <summary>The next multiple of 16.</summary>
    public static int Pad(int cols) => (cols + 15) & ~15;
}
