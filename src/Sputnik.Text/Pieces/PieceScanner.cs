namespace Sputnik.Text;

/// <summary>The pieces of a text one by one.</summary>
internal ref struct PieceScanner
{
    private readonly ReadOnlySpan<char> _text;
    private readonly IReadOnlyList<int> _ends;
    private int _next;
    private int _start;

    /// <summary>Cuts as vocabularies trained here do.</summary>
    public PieceScanner(ReadOnlySpan<char> text)
        : this(text, PreTokenizer.Sputnik, new PieceEnds())
    {
    }

    /// <param name="text">The text.</param>
    /// <param name="cut">How it is cut.</param>
    /// <param name="ends">Room for the ends, not to be used elsewhere meanwhile.</param>
    public PieceScanner(ReadOnlySpan<char> text, PreTokenizer cut, PieceEnds ends)
    {
        cut.Cut(text, ends);
        _text = text;
        _ends = ends.All;
    }

    /// <summary>The next piece, never empty; false at the end of the text.</summary>
    public bool Next(out ReadOnlySpan<char> piece)
    {
        if (_next == _ends.Count)
        {
            piece = default;
            return false;
        }

        int end = _ends[_next++];
        piece = _text[_start..end];
        _start = end;
        return true;
    }
}
