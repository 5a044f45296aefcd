namespace Sputnik.Tensors;

/// <summary>What one token leaves in the cache: per layer, <see cref="Heads"/> keys of <see cref="KeyCols"/> and values of <see cref="ValueCols"/>.</summary>
/// <param name="Layers">Layers of the model.</param>
/// <param name="Heads">Key/value heads a layer; 1 for the absorbed form of multi-head latent attention.</param>
/// <param name="KeyCols">Columns of one key.</param>
/// <param name="ValueCols">Columns of one value.</param>
public sealed record KvShape(int Layers, int Heads, int KeyCols, int ValueCols)
{
    /// <summary>Bytes of one page over all layers.</summary>
    public long PageBytes => (long)Layers * Heads * KvCache.PageKeys * (KeyCols + ValueCols) * sizeof(float);
}
