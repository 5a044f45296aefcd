namespace Sputnik.Text;

/// <summary>
/// Applies merges to one piece at a time: always the best-ranked pair, the leftmost among equals, until none is left.
/// O(n log n) in the length of the piece, so a megabyte of one letter is no attack. Not for several threads at once.
/// </summary>
internal sealed class BpeMerger(BpeMerges merges)
{
    private readonly PriorityQueue<int, (int Rank, int Position)> _queue = new();
    private int[] _ids = new int[32];
    private int[] _next = new int[32];
    private int[] _previous = new int[32];
    private int _count;

    /// <summary>Appends the ids that the symbols of one piece merge to.</summary>
    /// <param name="symbols">One id per byte of the piece, at least one.</param>
    /// <param name="destination">Takes the merged ids.</param>
    public void Merge(ReadOnlySpan<int> symbols, List<int> destination)
    {
        Start(symbols);
        while (_queue.TryDequeue(out int left, out (int Rank, int Position) queued))
        {
            // A rank belongs to one pair, so an entry whose neighbours have changed since shows another rank or none.
            if (TryGetMerge(left, out (int Rank, int Id) merge) && merge.Rank == queued.Rank)
            {
                Join(left, merge.Id);
            }
        }

        for (int i = 0; i < _count; i = _next[i])
        {
            destination.Add(_ids[i]);
        }
    }

    private void Start(ReadOnlySpan<int> symbols)
    {
        _count = symbols.Length;
        if (_ids.Length < _count)
        {
            _ids = new int[_count * 2];
            _next = new int[_count * 2];
            _previous = new int[_count * 2];
        }

        symbols.CopyTo(_ids);
        for (int i = 0; i < _count; i++)
        {
            _next[i] = i + 1;
            _previous[i] = i - 1;
        }

        for (int i = 0; i < _count - 1; i++)
        {
            Enqueue(i);
        }
    }

    private void Join(int left, int id)
    {
        int gone = _next[left];
        int right = _next[gone];
        _ids[left] = id;
        _next[left] = right;
        _next[gone] = _count; // without a right neighbour it is in no pair

        if (right < _count)
        {
            _previous[right] = left;
            Enqueue(left);
        }

        if (left > 0)
        {
            Enqueue(_previous[left]);
        }
    }

    private void Enqueue(int left)
    {
        if (TryGetMerge(left, out (int Rank, int Id) merge))
        {
            _queue.Enqueue(left, (merge.Rank, left));
        }
    }

    private bool TryGetMerge(int left, out (int Rank, int Id) merge)
    {
        merge = default;
        return _next[left] < _count && merges.TryGet(_ids[left], _ids[_next[left]], out merge);
    }
}
