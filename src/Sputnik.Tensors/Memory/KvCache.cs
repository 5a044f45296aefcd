using System.Runtime.InteropServices;

namespace Sputnik.Tensors;

/// <summary>
/// Keys and values of many sequences in pages of <see cref="PageKeys"/> positions. The page is also the unit of partial
/// softmax, so a sequence's arithmetic depends on positions only, never on where its pages lie or who shares them.
/// </summary>
/// <remarks>
/// Layout of one page of one layer and head: keys [PageKeys / 16][KeyCols][16], a lane is a position; values
/// [PageKeys][ValueCols]. Neither needs a horizontal sum (kernels.md §8). Each number as <see cref="Type"/> says.
/// </remarks>
public sealed unsafe class KvCache : IDisposable
{
    /// <summary>Positions a page holds.</summary>
    public const int PageKeys = 64;

    // A kernel loads whole vectors, at the last value row beyond its end.
    private const int SpareBytes = 64;

    private readonly int _pagesPerSequence;
    private readonly int[] _table;
    private readonly int[] _lengths;
    private readonly bool[] _open;
    private readonly int[] _shares;
    private readonly Stack<int> _freePages;
    private readonly Stack<int> _freeSequences;
    private byte* _data;

    /// <summary>A cache of <paramref name="pages"/> pages for at most <paramref name="sequences"/> sequences of <paramref name="maxLength"/> positions.</summary>
    public KvCache(KvShape shape, int pages, int sequences, int maxLength, KvType type = KvType.F32)
    {
        Shape = shape;
        Type = type;
        PageBytes = shape.PageBytesAs(type);
        Pages = pages;
        MaxLength = maxLength;
        _pagesPerSequence = (maxLength + PageKeys - 1) / PageKeys;
        _table = GC.AllocateArray<int>(checked(sequences * _pagesPerSequence), pinned: true);
        _lengths = new int[sequences];
        _open = new bool[sequences];
        _shares = new int[pages];
        _freePages = new(pages);
        _freeSequences = new(sequences);
        _data = (byte*)LargeMemory.Allocate(checked((PageBytes * pages) + SpareBytes) / sizeof(float));
        Clear();
    }

    /// <summary>What a token leaves here.</summary>
    public KvShape Shape { get; }

    /// <summary>How its numbers are stored.</summary>
    public KvType Type { get; }

    /// <summary>Bytes of one page over all layers.</summary>
    public long PageBytes { get; }

    /// <summary>Pages in all.</summary>
    public int Pages { get; }

    /// <summary>Pages nobody holds.</summary>
    public int FreePages => _freePages.Count;

    /// <summary>Longest sequence it can hold.</summary>
    public int MaxLength { get; }

    /// <summary>Starts an empty sequence and returns its number.</summary>
    public int Open()
    {
        if (!_freeSequences.TryPop(out int sequence))
        {
            throw new InvalidOperationException($"All {_lengths.Length} sequences of the cache are open.");
        }

        _open[sequence] = true;
        return sequence;
    }

    /// <summary>Positions reserved for a sequence.</summary>
    public int Length(int sequence) => _lengths[Open(sequence)];

    /// <summary>Reserves positions up to <paramref name="length"/>; a forward pass may then write them.</summary>
    public void Extend(int sequence, int length)
    {
        if (length > MaxLength)
        {
            throw new ArgumentException($"A sequence of this cache holds {MaxLength} positions, {length} asked.", nameof(length));
        }

        if (PagesFor(length) - PagesFor(_lengths[Open(sequence)]) > FreePages)
        {
            throw new InvalidOperationException($"The cache has {FreePages} of {Pages} pages left, too few for position {length - 1}.");
        }

        for (int page = PagesFor(_lengths[sequence]); page < PagesFor(length); page++)
        {
            int taken = _freePages.Pop();
            _shares[taken] = 1;
            _table[(sequence * _pagesPerSequence) + page] = taken;
        }

        _lengths[sequence] = Math.Max(length, _lengths[sequence]);
    }

    /// <summary>A new sequence that begins with this one's positions: full pages are shared, a partly filled one is copied.</summary>
    public int Fork(int sequence) => Fork(sequence, Length(sequence));

    /// <summary>A new sequence that begins with the first <paramref name="length"/> positions of this one.</summary>
    public int Fork(int sequence, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length(sequence), nameof(length));
        int full = length / PageKeys;
        if (length > full * PageKeys && FreePages == 0)
        {
            throw new InvalidOperationException($"All {Pages} pages of the cache are taken.");
        }

        int fork = Open();
        for (int page = 0; page < full; page++)
        {
            int shared = _table[(sequence * _pagesPerSequence) + page];
            _shares[shared]++;
            _table[(fork * _pagesPerSequence) + page] = shared;
        }

        _lengths[fork] = full * PageKeys;
        Extend(fork, length);
        if (length > full * PageKeys)
        {
            byte* from = _data + (PageBytes * _table[(sequence * _pagesPerSequence) + full]);
            byte* to = _data + (PageBytes * _table[(fork * _pagesPerSequence) + full]);
            NativeMemory.Copy(from, to, (nuint)PageBytes);
        }

        return fork;
    }

    /// <summary>The page that holds positions <paramref name="index"/> · <see cref="PageKeys"/> and on of a sequence.</summary>
    public int Page(int sequence, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)PagesFor(Length(sequence)), nameof(index));
        return _table[(sequence * _pagesPerSequence) + index];
    }

    /// <summary>Lets an empty sequence begin with full pages that are held already; it shares them.</summary>
    public void Attach(int sequence, ReadOnlySpan<int> pages)
    {
        if (Length(sequence) != 0 || pages.Length > MaxLength / PageKeys)
        {
            throw new ArgumentException($"{pages.Length} pages cannot begin sequence {sequence}: it has {Length(sequence)} of {MaxLength} positions.", nameof(pages));
        }

        for (int index = 0; index < pages.Length; index++)
        {
            Retain(pages[index]);
            _table[(sequence * _pagesPerSequence) + index] = pages[index];
        }

        _lengths[sequence] = pages.Length * PageKeys;
    }

    /// <summary>Sequences and others that hold a page; 0 = free.</summary>
    public int Holders(int page) => _shares[page];

    /// <summary>Holds a page that is held already once more; what it keeps is then never written again.</summary>
    public void Retain(int page) => _shares[page] = _shares[page] > 0
        ? _shares[page] + 1
        : throw new ArgumentException($"Page {page} of the cache is free.", nameof(page));

    /// <summary>Lets go of a page; the last to do so frees it.</summary>
    public void Release(int page)
    {
        if (_shares[page] == 0)
        {
            throw new ArgumentException($"Page {page} of the cache is free.", nameof(page));
        }

        if (--_shares[page] == 0)
        {
            _freePages.Push(page);
        }
    }

    /// <summary>Ends a sequence and returns its pages.</summary>
    public void Close(int sequence)
    {
        for (int page = 0; page < PagesFor(Length(sequence)); page++)
        {
            Release(_table[(sequence * _pagesPerSequence) + page]);
        }

        _lengths[sequence] = 0;
        _open[sequence] = false;
        _freeSequences.Push(sequence);
    }

    /// <summary>Ends every sequence.</summary>
    public void Clear()
    {
        Array.Clear(_shares);
        Array.Clear(_lengths);
        Array.Clear(_open);
        _freePages.Clear();
        _freeSequences.Clear();
        for (int page = Pages - 1; page >= 0; page--)
        {
            _freePages.Push(page);
        }

        for (int sequence = _lengths.Length - 1; sequence >= 0; sequence--)
        {
            _freeSequences.Push(sequence);
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_data);
        _data = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the native memory of a cache nobody disposed.</summary>
    ~KvCache() => NativeMemory.AlignedFree(_data);

    /// <summary>What kernels need to find a page; plain values, so that worker jobs can carry it.</summary>
    internal KvView View(int layer) => new(_data, Shape, Type, layer, TableData, _pagesPerSequence);

    /// <summary>Throws unless a forward pass may write this position: reserved, and in a page no other sequence shares.</summary>
    internal void CheckWrite(int sequence, int position)
    {
        if ((uint)position >= (uint)Length(sequence))
        {
            throw new ArgumentException($"Position {position} of sequence {sequence} is not reserved in the cache: extend it first.");
        }

        if (_shares[_table[(sequence * _pagesPerSequence) + (position / PageKeys)]] > 1)
        {
            throw new ArgumentException($"Position {position} of sequence {sequence} lies in a page it shares with a fork.");
        }
    }

    private int Open(int sequence) => (uint)sequence < (uint)_open.Length && _open[sequence]
        ? sequence
        : throw new ArgumentException($"Sequence {sequence} of the cache is not open.", nameof(sequence));

    private int* TableData => (int*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_table));

    /// <summary>Pages that so many positions stand in.</summary>
    public static int PagesFor(int length) => (length + PageKeys - 1) / PageKeys;
}
