namespace Sputnik.Tensors;

/// <summary>What one token leaves in the cache: per layer, <see cref="Heads"/> keys of <see cref="KeyCols"/> and values of <see cref="ValueCols"/>.</summary>
/// <param name="Layers">Layers of the model.</param>
/// <param name="Heads">Key/value heads a layer; 1 for the absorbed form of multi-head latent attention.</param>
/// <param name="KeyCols">Columns of one key.</param>
/// <param name="ValueCols">Columns of one value.</param>
public sealed record KvShape(int Layers, int Heads, int KeyCols, int ValueCols)
{
    /// <summary>Bytes of one page over all layers in float32.</summary>
    public long PageBytes => PageBytesAs(KvType.F32);

    /// <summary>Bytes of one page over all layers.</summary>
    public long PageBytesAs(KvType type) => Layers * LayerBytes(type);

    /// <summary>Bytes of one page of one layer.</summary>
    internal long LayerBytes(KvType type) => Heads * (HeadBytes(type, KeyCols) + HeadBytes(type, ValueCols));

    /// <summary>Bytes of one page's keys or values of one head.</summary>
    internal static long HeadBytes(KvType type, int cols) => type switch
    {
        KvType.F32 => KvF32.Bytes(cols),
        KvType.BF16 => KvBf16.Bytes(cols),
        KvType.Q8_0 => KvQ8.Bytes(cols),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of a cache."),
    };
}
