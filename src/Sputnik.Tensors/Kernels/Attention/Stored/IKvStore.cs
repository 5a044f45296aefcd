namespace Sputnik.Tensors;

/// <summary>
/// How the keys and values of one page and head are stored. Keys stand in groups of 16 positions, a lane each:
/// [PageKeys / 16][cols][16]; values row by row: [PageKeys][cols]. A stored number has one value, by <see cref="Key"/> and
/// <see cref="Value"/>; what kernels read, tile by tile, is the same to the bit.
/// </summary>
internal unsafe interface IKvStore
{
    /// <summary>Queries that share a tile once it is decoded.</summary>
    static abstract int Queries { get; }

    /// <summary>Columns of a decoded tile, a multiple of 32.</summary>
    static abstract int TileCols { get; }

    /// <summary>Floats of scratch a decoded tile takes.</summary>
    static abstract int TileFloats { get; }

    /// <summary>Bytes of one page of keys or of values.</summary>
    static abstract long Bytes(int cols);

    /// <summary>Rounds rows of keys to their positions from <paramref name="place"/> on.</summary>
    static abstract void WriteKeys(KvRows rows, byte* page, int place);

    /// <summary>Rounds rows of values to their positions from <paramref name="place"/> on.</summary>
    static abstract void WriteValues(KvRows rows, byte* page, int place);

    /// <summary>The definition: column c of the key at position j.</summary>
    static abstract float Key(byte* page, int cols, int j, int c);

    /// <summary>The definition: column c of the value at position j.</summary>
    static abstract float Value(byte* page, int cols, int j, int c);

    /// <summary>
    /// Columns <paramref name="from"/> … of the keys in the first <paramref name="vectors"/> groups of positions; a group
    /// begins <paramref name="step"/> floats after the one before. [vectors][columns][16]
    /// </summary>
    static abstract float* Keys(byte* page, int cols, int from, int vectors, float* scratch, out nint step);

    /// <summary>Columns <paramref name="from"/> … of the first <paramref name="rows"/> values in whole vectors, a row every <paramref name="step"/> floats.</summary>
    static abstract float* Values(byte* page, int cols, int from, int rows, float* scratch, out nint step);
}
