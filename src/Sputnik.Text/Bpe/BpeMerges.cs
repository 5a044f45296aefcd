namespace Sputnik.Text;

/// <summary>The learned merges of a vocabulary, best first: a pair of ids, its rank, and the id that replaces it.</summary>
internal sealed class BpeMerges
{
    private readonly Dictionary<(int Left, int Right), (int Rank, int Id)> _merges = [];
    private readonly List<(int Left, int Right)> _pairs = [];

    /// <summary>The pairs, best first.</summary>
    public IReadOnlyList<(int Left, int Right)> Pairs => _pairs;

    /// <summary>Adds the next best merge; false when the pair has one already.</summary>
    public bool TryAdd(int left, int right, int id)
    {
        if (!_merges.TryAdd((left, right), (_pairs.Count, id)))
        {
            return false;
        }

        _pairs.Add((left, right));
        return true;
    }

    /// <summary>The merge of two neighbours, if they have one.</summary>
    public bool TryGet(int left, int right, out (int Rank, int Id) merge) => _merges.TryGetValue((left, right), out merge);
}
