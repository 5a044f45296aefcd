namespace Sputnik.Text;

/// <summary>
/// The merges of a vocabulary: a pair of ids, its rank, and the id that replaces it. Lower ranks go first, merges of one rank
/// from left to right.
/// </summary>
/// <param name="capacity">How many merges are expected.</param>
internal sealed class BpeMerges(int capacity = 0)
{
    private readonly Dictionary<(int Left, int Right), (int Rank, int Id)> _merges = new(capacity);
    private readonly List<(int Left, int Right)> _pairs = new(capacity);

    /// <summary>The pairs in the order they were added.</summary>
    public IReadOnlyList<(int Left, int Right)> Pairs => _pairs;

    /// <summary>Adds the next best merge; false when the pair has one already.</summary>
    public bool TryAdd(int left, int right, int id) => TryAdd(left, right, (_pairs.Count, id));

    /// <summary>Adds a merge with a given rank; false when the pair has one already.</summary>
    public bool TryAdd(int left, int right, (int Rank, int Id) merge)
    {
        if (!_merges.TryAdd((left, right), merge))
        {
            return false;
        }

        _pairs.Add((left, right));
        return true;
    }

    /// <summary>The merge of two neighbours, if they have one.</summary>
    public bool TryGet(int left, int right, out (int Rank, int Id) merge) => _merges.TryGetValue((left, right), out merge);
}
