namespace Sputnik.Tensors;

/// <summary>One layer of a <see cref="KvCache"/> as kernels see it.</summary>
internal readonly unsafe struct KvView(byte* data, KvShape shape, KvType type, int layer, int* table, int pagesPerSequence)
{
    private readonly byte* _data = data;
    private readonly int* _table = table;
    private readonly int _pagesPerSequence = pagesPerSequence;
    private readonly long _keyBytes = KvShape.HeadBytes(type, shape.KeyCols);
    private readonly long _headBytes = shape.LayerBytes(type) / shape.Heads;
    private readonly long _pageBytes = shape.PageBytesAs(type);
    private readonly long _layerOffset = layer * shape.LayerBytes(type);

    /// <summary>How the numbers are stored.</summary>
    public KvType Type { get; } = type;

    /// <summary>Keys of page number <paramref name="page"/> of a sequence, laid out by their <see cref="IKvStore"/>.</summary>
    public byte* Keys(int sequence, int page, int head) =>
        _data + (_pageBytes * _table[(sequence * _pagesPerSequence) + page]) + _layerOffset + (head * _headBytes);

    /// <summary>Values of the same page.</summary>
    public byte* Values(int sequence, int page, int head) => Keys(sequence, page, head) + _keyBytes;
}
