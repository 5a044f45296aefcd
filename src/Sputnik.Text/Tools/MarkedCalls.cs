namespace Sputnik.Text.Tools;

/// <summary>
/// DeepSeek's calls: marker, head, separator, then either a name on a line of its own and fenced JSON (R1) or the JSON of
/// the function that the head names (V3.1). Mistral's later form is V3.1's with other markers.
/// </summary>
internal sealed class MarkedCalls(ToolDialect dialect) : ICallReader
{
    private const int LongestHead = 256;
    private const string FenceCharacters = "`json";
    private State _state = State.Between;
    private string _name = "";
    private JsonSpan _arguments = new();

    private enum State
    {
        Between,
        Head,
        Name,
        Fence,
        Arguments,
        Tail,
    }

    /// <inheritdoc/>
    public bool InCall { get; private set; }

    /// <inheritdoc/>
    public Progress Read(CallText text, List<ToolCallPiece> pieces) => _state switch
    {
        State.Between => Between(text),
        State.Head => Head(text),
        State.Name => Name(text),
        State.Fence => Fence(text, pieces),
        State.Arguments => Arguments(text, pieces),
        _ => Tail(text, pieces),
    };

    private Progress Between(CallText text)
    {
        text.SkipSpace();
        Sight begin = text.Sees([.. dialect.CallsBegin, .. dialect.CallBegin], out int length);
        Sight end = text.Sees(dialect.CallsEnd, out int closing);
        if (begin == Sight.Yes)
        {
            bool call = text.Sees(dialect.CallBegin, out _) == Sight.Yes;
            text.Take(length);
            return To(call ? State.Head : State.Between);
        }

        if (end == Sight.Yes)
        {
            text.Take(closing);
            return Progress.Done;
        }

        return begin == Sight.Maybe || end == Sight.Maybe ? Progress.Waits : Progress.Failed;
    }

    private Progress Head(CallText text)
    {
        int at = text.Find(dialect.Separator, out Sight sight);
        if (at > LongestHead)
        {
            return Progress.Failed;
        }

        if (sight != Sight.Yes)
        {
            return text.IsFinal ? Progress.Failed : Progress.Waits;
        }

        _name = text.Take(at).Trim();
        text.Sees(dialect.Separator, out int length);
        text.Take(length);
        return To(State.Name);
    }

    /// <summary>The line of the name, which is absent where the arguments follow at once.</summary>
    private Progress Name(CallText text)
    {
        text.SkipSpace();
        if (text.Rest is ['{', ..])
        {
            return To(State.Fence);
        }

        int end = text.Rest.IndexOf('\n');
        if (end is < 0 or > LongestHead)
        {
            return text.IsFinal || text.Rest.Length > LongestHead ? Progress.Failed : Progress.Waits;
        }

        _name = text.Take(end).Trim();
        return To(State.Fence);
    }

    private Progress Fence(CallText text, List<ToolCallPiece> pieces)
    {
        text.SkipSpace(FenceCharacters);
        if (text.Rest.IsEmpty)
        {
            return text.IsFinal ? Progress.Failed : Progress.Waits;
        }

        int cut = _name.IndexOf("[CALL_ID]", StringComparison.Ordinal);
        _name = cut < 0 ? _name : _name[..cut];
        if (text.Rest[0] != '{' || !ToolName.IsRight(_name))
        {
            return Progress.Failed;
        }

        pieces.Add(new(ToolCallPieceKind.Begin, _name));
        InCall = true;
        _arguments = new();
        return To(State.Arguments);
    }

    private Progress Arguments(CallText text, List<ToolCallPiece> pieces)
    {
        int count = _arguments.Take(text.Rest);
        if (count > 0)
        {
            pieces.Add(new(ToolCallPieceKind.Arguments, text.Take(count)));
        }

        return _arguments.IsDone ? To(State.Tail) : Progress.Waits;
    }

    private Progress Tail(CallText text, List<ToolCallPiece> pieces)
    {
        text.SkipSpace("`");
        Sight sight = text.Sees([.. dialect.CallEnd, .. dialect.CallBegin, .. dialect.CallsEnd], out _);
        if (sight == Sight.Maybe)
        {
            return Progress.Waits;
        }

        if (text.Sees(dialect.CallEnd, out int length) == Sight.Yes)
        {
            text.Take(length);
        }

        pieces.Add(new(ToolCallPieceKind.End, ""));
        InCall = false;
        return sight == Sight.Yes ? To(State.Between) : Progress.Done;
    }

    private Progress To(State state)
    {
        _state = state;
        return Progress.Moves;
    }
}
