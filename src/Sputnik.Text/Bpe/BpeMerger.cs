namespace Sputnik.Text;

/// <summary>
/// Applies merges to one piece at a time: always the best-ranked pair, the leftmost among equals, until none is left.
/// O(n log n) in the length of the piece, so a megabyte of one letter is no attack. Not for several threads at once.
/// </summary>
internal sealed class BpeMerger(BpeMerges merges)
{
    // Below this length a search through all pairs is faster than a queue of them.
    private const int Short = 24;

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
        if (symbols.Length <= Short)
        {
            MergeShort(symbols, destination);
            return;
        }

        Start(symbols);
        while (_queue.TryDequeue(out int left, out (int Rank, int Position) queued))
        {
            // An entry whose neighbours have changed since shows another rank or none; with the same rank it is their entry as well.
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

    private void MergeShort(ReadOnlySpan<int> symbols, List<int> destination)
    {
        Span<int> ids = stackalloc int[Short];
        Span<(int Rank, int Id)> joins = stackalloc (int, int)[Short];
        symbols.CopyTo(ids);
        int count = symbols.Length;
        for (int i = 0; i < count - 1; i++)
        {
            joins[i] = JoinOf(ids[i], ids[i + 1]);
        }

        while (TryFindBest(joins[..(count - 1)], out int best))
        {
            ids[best] = joins[best].Id;
            ids[(best + 2)..count].CopyTo(ids[(best + 1)..]);
            joins[(best + 1)..(count - 1)].CopyTo(joins[best..]);
            count--;
            if (best > 0)
            {
                joins[best - 1] = JoinOf(ids[best - 1], ids[best]);
            }

            if (best < count - 1)
            {
                joins[best] = JoinOf(ids[best], ids[best + 1]);
            }
        }

        destination.AddRange(ids[..count]);
    }

    private (int Rank, int Id) JoinOf(int left, int right) =>
        merges.TryGet(left, right, out (int Rank, int Id) merge) ? merge : (int.MaxValue, 0);

    /// <summary>Where the best-ranked pair stands, the leftmost among equals; false when none merges.</summary>
    private static bool TryFindBest(ReadOnlySpan<(int Rank, int Id)> joins, out int best)
    {
        best = 0;
        int rank = int.MaxValue;
        for (int i = 0; i < joins.Length; i++)
        {
            if (joins[i].Rank < rank)
            {
                (best, rank) = (i, joins[i].Rank);
            }
        }

        return rank < int.MaxValue;
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
