using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>
/// One choice's tokens read as thinking and answer, up to a stop string. Both the guide on the engine's thread and the
/// stream on the caller's have one of their own; the same tokens make the same pieces.
/// </summary>
internal sealed class AnswerReader(AnswerForm form)
{
    private readonly ReasoningSplitter _splitter = new(form.Tokenizer, form.Start, form.Markers);
    private readonly StopMatcher _stop = new(form.Request.Stop);
    private readonly List<ReasoningPiece> _split = [];

    /// <summary>The half that the next token belongs to; null while it is not decided.</summary>
    public ReasoningPart? Part => _splitter.Part;

    /// <summary>Tokens of the thinking, its tags not counted.</summary>
    public int ThinkingTokens => _splitter.ThinkingTokens;

    /// <summary>The stop string that ended the answer.</summary>
    public string? StopString => _stop.Found;

    /// <summary>Adds the text that a token makes certain, in whole characters.</summary>
    public void Push(int token, List<ReasoningPiece> pieces)
    {
        if (StopString is null)
        {
            _splitter.Push(token, _split);
            Sift(pieces);
        }
    }

    /// <summary>Ends the response.</summary>
    public void Flush(List<ReasoningPiece> pieces)
    {
        if (StopString is null)
        {
            _splitter.Flush(_split);
            Sift(pieces);
            Add(pieces, _stop.Flush());
        }
    }

    private void Sift(List<ReasoningPiece> pieces)
    {
        foreach (ReasoningPiece piece in _split)
        {
            if (piece.Part == ReasoningPart.Thinking)
            {
                pieces.Add(piece);
            }
            else
            {
                Add(pieces, _stop.Push(piece.Text));
            }
        }

        _split.Clear();
    }

    private static void Add(List<ReasoningPiece> pieces, string text)
    {
        if (text.Length > 0)
        {
            pieces.Add(new(ReasoningPart.Answer, text));
        }
    }
}
