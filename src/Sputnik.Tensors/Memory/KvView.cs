namespace Sputnik.Tensors;

/// <summary>One layer of a <see cref="KvCache"/> as kernels see it.</summary>
internal readonly unsafe struct KvView(float* data, KvShape shape, int layer, int* table, int pagesPerSequence)
{
    private readonly float* _data = data;
    private readonly int* _table = table;
    private readonly int _pagesPerSequence = pagesPerSequence;
    private readonly int _keyFloats = KvCache.PageKeys * shape.KeyCols;
    private readonly int _headFloats = KvCache.PageKeys * (shape.KeyCols + shape.ValueCols);
    private readonly long _pageFloats = shape.PageBytes / sizeof(float);
    private readonly long _layerOffset = (long)layer * shape.Heads * KvCache.PageKeys * (shape.KeyCols + shape.ValueCols);

    /// <summary>Keys of page number <paramref name="page"/> of a sequence: [PageKeys / 16][KeyCols][16].</summary>
    public float* Keys(int sequence, int page, int head) =>
        _data + (_pageFloats * _table[(sequence * _pagesPerSequence) + page]) + _layerOffset + ((long)head * _headFloats);

    /// <summary>Values of the same page: [PageKeys][ValueCols].</summary>
    public float* Values(int sequence, int page, int head) => Keys(sequence, page, head) + _keyFloats;
}
