namespace Sputnik.Text;

/// <summary>Where the pieces of one text end, while one pattern after the other cuts them. Kept from text to text.</summary>
internal sealed class PieceEnds
{
    private List<int> _current = [];
    private List<int> _before = [];

    /// <summary>The ends, ascending.</summary>
    public IReadOnlyList<int> All => _current;

    /// <summary>Begins with the text as one piece.</summary>
    public void Start(int length)
    {
        _current.Clear();
        if (length > 0)
        {
            _current.Add(length);
        }
    }

    /// <summary>The ends so far, to be replaced by what is added from now on.</summary>
    public List<int> Turn()
    {
        (_current, _before) = (_before, _current);
        _current.Clear();
        return _before;
    }

    /// <summary>Adds the next end.</summary>
    public void Add(int end) => _current.Add(end);
}
