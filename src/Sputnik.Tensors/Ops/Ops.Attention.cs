namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// Writes the rows' keys and values to the cache, then lets every row attend to positions 0 … its own of its sequence:
    /// softmax(scale · q·k) v, partial per page and merged in page order.
    /// [rows, heads · KeyCols], [rows, kvHeads · KeyCols], [rows, kvHeads · ValueCols] → [rows, heads · ValueCols]
    /// </summary>
    public Tensor Attention(Tensor q, Tensor k, Tensor v, Batch batch, KvCache cache, int layer, int heads, float scale) =>
        throw new NotImplementedException();
}
